import * as z from "zod/mini";
import { AwsError } from "../../aws/aws-error.ts";
import { invalidParameter, sqsError } from "../sqs-error.ts";

const maxEntries = 10;

/** A batch as it comes: its entries are checked one by one, so that a bad one fails alone. */
export const BatchInput = z.object({
  QueueUrl: z.string(),
  Entries: z._default(z.array(z.looseObject({ Id: z.string() })), []),
});

type BatchEntry = z.infer<typeof BatchInput>["Entries"][number];

/** Does every entry by itself: the answer is a 200 that lists which went well and which did not. */
export function eachEntry<S extends z.ZodMiniType>(
  entries: BatchEntry[],
  schema: S,
  act: (entry: z.infer<S>) => object,
): object {
  assertEntries(entries);
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    const { Id } = entry;
    try {
      const parsed = schema.safeParse(entry);
      if (!parsed.success) throw invalidParameter(z.prettifyError(parsed.error));
      successful.push({ Id, ...act(parsed.data) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful: successful, ...(failed.length > 0 && { Failed: failed }) };
}

function assertEntries(entries: BatchEntry[]): void {
  if (entries.length === 0) {
    throw sqsError("EmptyBatchRequest", "There should be at least one entry in the request.");
  }
  if (entries.length > maxEntries) {
    throw sqsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${maxEntries}. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set(entries.map(({ Id }) => Id));
  if (ids.size < entries.length) {
    throw sqsError("BatchEntryIdsNotDistinct", "Two or more batch entries have the same Id.");
  }
  for (const id of ids) {
    if (/^[\w-]{1,80}$/.test(id)) continue;
    throw sqsError(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    );
  }
}
