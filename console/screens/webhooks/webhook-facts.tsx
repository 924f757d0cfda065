import type { Webhook } from "../../../shared/contract/webhook.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Facts } from "../../parts/facts.tsx";
import { When } from "../../parts/when.tsx";

export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { webhookId, topicName, destination, events, productId, config } = webhook;
  const headers = Object.entries(config.customHeaders);
  const facts = {
    "Posts to": <code>{destination.postUrl}</code>,
    Topic: topicName,
    Events: events.length === 0 ? "every event" : events.join(", "),
    Product: productId ?? "any or none",
    Format: config.format,
    "Time-out": `${config.timeoutSeconds} s`,
    Limit: config.maxPerSecond === undefined ? "none" : `${config.maxPerSecond} POSTs a second`,
    Headers:
      headers.length === 0
        ? "none of your own"
        : headers.map(([name, value]) => (
            <code key={name} class="line">
              {name}: {value}
            </code>
          )),
    Created: <When time={webhook.createdTime} />,
    Changed: <When time={webhook.lastModifiedTime} />,
    Id: (
      <>
        <code>{webhookId}</code> <CopyButton text={webhookId} what="webhook’s id" />
      </>
    ),
  };
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">Settings</h2>
      <Facts facts={facts} />
    </section>
  );
}
