import type { Api, ApiAnswer } from "../../support/service/api.ts";

/** Publishes a fixed value under an idempotency key and gives whatever is answered. */
export function publishWithKey(
  call: Api,
  cacheName: string,
  topicName: string,
  idempotencyKey: string,
): Promise<ApiAnswer> {
  return call({
    method: "POST",
    path: `/api/v1/caches/${cacheName}/topics/${topicName}`,
    body: { amount: 12 },
    headers: { "idempotency-key": idempotencyKey },
  });
}
