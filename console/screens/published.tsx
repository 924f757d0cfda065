import { useEffect } from "preact/hooks";
import { AsyncContent } from "../parts/async-content.tsx";
import { CopyButton } from "../parts/text/copy-button.tsx";
import { hrefTo } from "../state/address/route.ts";
import { announce } from "../state/announcement.ts";
import { hookcast } from "../state/hookcast.ts";
import { useLoaded } from "../state/loaded.ts";

export interface PublishedMessage {
  readonly cacheName: string;
  readonly topicName: string;
  readonly messageId: string;
}

const shownCount = 10;

/** That a message is accepted, and where to see it arrive. */
export function Published({ cacheName, topicName, messageId }: PublishedMessage) {
  const loaded = useLoaded(messageId, async (signal) => {
    const input = { cacheName, topicName, limit: shownCount };
    return (await hookcast().call("listWebhooks", input, { signal })).response.webhooks;
  });
  useEffect(() => announce("The message is accepted."), []);
  return (
    <section class="card stack" aria-labelledby="published">
      <h2 id="published">Accepted</h2>
      <p>
        <code>{messageId}</code> <CopyButton text={messageId} what="message’s id" />
      </p>
      <AsyncContent loaded={loaded} what="the topic’s webhooks">
        {(webhooks) =>
          webhooks.length === 0 ? (
            <p>No webhook has the topic {topicName}: nobody receives it.</p>
          ) : (
            <>
              <p>See it arrive at the topic’s webhooks, unless they filter by event or product:</p>
              <ul class="links">
                {webhooks.map(({ webhookId, id, webhookStatus }) => (
                  <li key={webhookId}>
                    <a href={hrefTo({ screen: "delivery", webhookId, messageId })}>
                      Delivery to {id.webhookName}
                    </a>
                    {webhookStatus === "inactive" && " (switched off, so it gets none)"}
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </AsyncContent>
    </section>
  );
}
