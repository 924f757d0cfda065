import { AsyncContent } from "../../parts/async-content.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { readMessage } from "../../state/deliveries/message.ts";
import { useLoaded } from "../../state/loaded.ts";

interface MessageProps {
  cacheName: string;
  messageId: string;
}

/** What was published: the value that the requests of all attempts carry in the webhook's format. */
export function Message({ cacheName, messageId }: MessageProps) {
  const loaded = useLoaded(`${cacheName}/${messageId}`, (signal) =>
    readMessage({ cacheName, messageId }, signal),
  );
  return (
    <section class="card stack" aria-labelledby="message">
      <div class="card-head">
        <h2 id="message">Published value</h2>
        {loaded.value && <CopyButton text={loaded.value.text} what="value" />}
      </div>
      <AsyncContent loaded={loaded} what="the message">
        {({ contentType, text }) => (
          <>
            <p class="quiet">
              <code>{contentType}</code>
            </p>
            <pre class="block">{text}</pre>
          </>
        )}
      </AsyncContent>
    </section>
  );
}
