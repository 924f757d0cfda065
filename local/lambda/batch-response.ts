import * as z from "zod/mini";

const BatchResponse = z.nullish(
  z.object({
    batchItemFailures: z.nullish(
      z.array(z.object({ itemIdentifier: z.string().check(z.minLength(1)) })),
    ),
  }),
);

/**
 * The messages that a function has handled, as Lambda reads its answer: nothing means all of them,
 * an unknown id or a malformed answer means none.
 */
export function succeeded<M extends { MessageId: string }>(messages: M[], answer: unknown): M[] {
  const result = BatchResponse.safeParse(answer);
  if (!result.success) return [];
  const failures = result.data?.batchItemFailures ?? [];
  const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  const remaining = messages.filter(({ MessageId }) => !failed.has(MessageId));
  return remaining.length === messages.length - failed.size ? remaining : [];
}
