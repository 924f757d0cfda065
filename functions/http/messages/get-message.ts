import {
  type GetMessageResponse,
  getMessage as route,
} from "../../../shared/contract/operations/messages/get-message.ts";
import { AppError } from "../../../shared/domain/app-error.ts";
import { messageJson } from "../../../shared/domain/messages/present-message.ts";
import { JsonText } from "../../../shared/runtime/api-response.ts";
import { sees } from "../../../shared/runtime/caller.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import type { Input } from "../../../shared/runtime/request.ts";
import {
  type MessageStore,
  openMessageStore,
} from "../../../shared/store/messages/message-store.ts";

interface Deps {
  readonly messages: Pick<MessageStore, "find">;
  readonly retentionDays: number;
  readonly now: () => number;
}

export async function getMessage(
  { params: { cacheName, messageId }, caller }: Input<typeof route>,
  { messages, retentionDays, now }: Deps,
): Promise<JsonText<GetMessageResponse>> {
  const message = await messages.find(cacheName, messageId);
  // Without retention a long value is still stored, but only for its deliveries.
  if (
    !message ||
    retentionDays === 0 ||
    message.expiresAt * 1000 <= now() ||
    !sees(caller, message.facts)
  ) {
    throw new AppError("NOT_FOUND_ERROR", `there is no message ${messageId}`);
  }
  return new JsonText(messageJson(message));
}

export const handler = endpoint(route, getMessage, () => ({
  messages: openMessageStore(),
  retentionDays: readEnv("RETENTION_DAYS").RETENTION_DAYS,
  now: Date.now,
}));
