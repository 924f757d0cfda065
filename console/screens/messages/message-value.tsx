import { AsyncContent } from "../../parts/async-content.tsx";
import { Facts } from "../../parts/facts.tsx";
import { chosenTab, Tabs } from "../../parts/tabs.tsx";
import { CopyButton } from "../../parts/text/copy-button.tsx";
import { When } from "../../parts/when.tsx";
import { readMessage } from "../../state/deliveries/message.ts";
import { useLoaded } from "../../state/loaded.ts";

interface MessageProps {
  cacheName: string;
  messageId: string;
}

const views = { pretty: "Pretty", raw: "Raw" } as const;

/** What was published: the value that the requests of all attempts carry in the webhook's format. */
export function MessageValue({ cacheName, messageId }: MessageProps) {
  const loaded = useLoaded(`${cacheName}/${messageId}`, (signal) =>
    readMessage({ cacheName, messageId }, signal),
  );
  return (
    <section class="card stack" aria-labelledby="message">
      <div class="card-head">
        <h2 id="message">Published value</h2>
        {loaded.value && (
          <div class="actions">
            <Tabs label="View" tabs={views} field="view" />
            <CopyButton text={loaded.value.raw} what="value" />
          </div>
        )}
      </div>
      <AsyncContent loaded={loaded} what="the message">
        {({ contentType, text, raw, topicName, event, publishedTime }) => (
          <>
            <pre class="block">{chosenTab(views, "view") === "raw" ? raw : text}</pre>
            <Facts
              facts={{
                Id: (
                  <>
                    <code>{messageId}</code> <CopyButton text={messageId} what="message’s id" />
                  </>
                ),
                Topic: topicName,
                Event: event ?? "none",
                Published: <When time={publishedTime} />,
                Type: <code>{contentType}</code>,
              }}
            />
          </>
        )}
      </AsyncContent>
    </section>
  );
}
