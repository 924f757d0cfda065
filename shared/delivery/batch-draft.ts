import * as z from "zod/mini";
import { BatchEntry } from "../contract/batch.ts";
import { AppError } from "../domain/app-error.ts";
import type { MessageDraft } from "../domain/message-draft.ts";
import { readEntry } from "../domain/payload.ts";
import { describeIssues } from "../runtime/issues.ts";

type Publisher = Pick<MessageDraft, "cacheName" | "topicName" | "keyId">;

/** What an entry of a batch asks for, or what is wrong with it: a bad entry fails alone. */
export function draftOf(
  entry: unknown,
  valueText: string | undefined,
  publisher: Publisher,
): MessageDraft | AppError {
  const parsed = z.safeParse(BatchEntry, entry, { reportInput: true });
  if (!parsed.success) {
    const details = describeIssues(parsed.error.issues);
    return new AppError("INVALID_ARGUMENT_ERROR", "the entry is not valid", { details });
  }
  const { event, productId, idempotencyKey } = parsed.data;
  try {
    const read = readEntry(parsed.data, valueText);
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
