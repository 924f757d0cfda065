/** Publishes to a topic: `node publish.js` with HOOKCAST_URL and HOOKCAST_KEY set. */
import { createClient, HookcastError } from "@hookcast/client";

const { HOOKCAST_URL: url = "", HOOKCAST_KEY: key = "" } = process.env;
const hookcast = createClient({ url, key });
const topic = { cacheName: "orders", topicName: "paid" };

// A try that fails on the way is made again, under the same idempotency key: no message is sent twice.
const order = await hookcast.publish({ ...topic, value: { amount: "12.50" }, event: "order.paid" });
console.log("published", order.messageId);

// JSON that is written already keeps its text, and so the digits that JavaScript's numbers would lose.
const large = await hookcast.publish({ ...topic, json: '{"orderId": 12345678901234567890}' });
console.log("published", large.messageId);

const { results } = await hookcast.publishBatch({
  ...topic,
  messages: [{ text: "one" }, { bytes: Uint8Array.of(2) }, { value: 3, event: "not an event" }],
});
for (const result of results) {
  console.log("error" in result ? `refused ${result.error.code}` : `published ${result.messageId}`);
}

try {
  await hookcast.publish({ ...topic, topicName: "$ours", value: {} });
} catch (error) {
  if (!(error instanceof HookcastError)) throw error;
  console.log("refused", error.status, error.code);
}
