import type { MessageMetadata } from "../../shared/contract/jobs.ts";

/** What publish would note of a message of topic `t`. */
export function messageFacts(
  identity: Pick<MessageMetadata, "messageId" | "cacheName" | "publishedTimeMs">,
): MessageMetadata {
  return {
    ...identity,
    topicName: "t",
    event: null,
    productId: null,
    contentType: "application/json",
    keyId: "key_test",
    sequenceNumber: null,
  };
}
