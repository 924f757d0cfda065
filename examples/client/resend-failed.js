/** Sends again whatever failed: `node resend-failed.js orders`. */
import { createClient } from "@hookcast/client";

const { HOOKCAST_URL: url = "", HOOKCAST_KEY: key = "" } = process.env;
const [cacheName = ""] = process.argv.slice(2);
const hookcast = createClient({ url, key });

// The lists ask for page after page as they are read; the signal ends everything after a minute.
const signal = AbortSignal.timeout(60_000);
for await (const { webhookId, id } of hookcast.listWebhooks({ cacheName }, { signal })) {
  const failed = hookcast.listDeliveries({ webhookId, status: "failed" }, { signal });
  for await (const { messageId } of failed) {
    await hookcast.retryDelivery({ webhookId, messageId }, { signal });
    console.log("sent again", id.webhookName, messageId);
  }
}
