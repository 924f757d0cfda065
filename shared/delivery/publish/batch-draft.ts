import * as z from "zod/mini";
import type { ErrorDetail } from "../../contract/errors.ts";
import { BatchEntry } from "../../contract/operations/messages/publish-batch.ts";
import { AppError } from "../../domain/app-error.ts";
import type { MessageDraft } from "../../domain/messages/message-draft.ts";
import { readEntry } from "../../domain/messages/payload.ts";
import { describeIssues } from "../../runtime/issues.ts";

type Publisher = Pick<MessageDraft, "cacheName" | "topicName" | "keyId" | "trace" | "hops">;

/** What an entry of a batch asks for, or what is wrong with it: a bad entry fails alone. */
export function draftOf(
  entry: unknown,
  valueText: string | undefined,
  publisher: Publisher,
): MessageDraft | AppError {
  const data = parseEntry(BatchEntry, entry);
  if (data instanceof AppError) return data;
  const { event, productId, idempotencyKey } = data;
  try {
    const read = readEntry(data, valueText);
    return {
      ...publisher,
      ...read,
      event: event ?? null,
      productId: productId ?? null,
      idempotencyKey,
    };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** An entry by its schema, or every bad field of it. */
export function parseEntry<Entry>(
  schema: z.core.$ZodType<Entry>,
  entry: unknown,
): Entry | AppError {
  // zod steps over a `__proto__` key, so an unknown field by that name would go unnoticed.
  if (Object.hasOwn(Object(entry), "__proto__")) return invalid([unknownPrototype]);
  const parsed = z.safeParse(schema, entry, { reportInput: true });
  return parsed.success ? parsed.data : invalid(describeIssues(parsed.error.issues));
}

const unknownPrototype = { path: "__proto__", message: "is not a known field" };

function invalid(details: ErrorDetail[]): AppError {
  return new AppError("INVALID_ARGUMENT_ERROR", "the entry is not valid", { details });
}
