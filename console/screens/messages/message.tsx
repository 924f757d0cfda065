import { useEffect } from "preact/hooks";
import { Page } from "../../parts/page.tsx";
import { CutText } from "../../parts/text/cut-text.tsx";
import { hrefTo } from "../../state/address/route.ts";
import { remember } from "../../state/recent.ts";
import { MessageDeliveries } from "./message-deliveries.tsx";
import { MessageValue } from "./message-value.tsx";

interface MessageScreenProps {
  cacheName: string;
  messageId: string;
}

/** What was published, and what became of it at every webhook. */
export function MessageScreen({ cacheName, messageId }: MessageScreenProps) {
  useEffect(() => {
    const route = { screen: "message", cacheName, messageId } as const;
    remember({ kind: "message", name: messageId, route });
  }, [cacheName, messageId]);
  const trail = (
    <ol>
      <li>
        <a href={hrefTo({ screen: "webhooks", cacheName })}>
          <CutText text={cacheName} />
        </a>
      </li>
    </ol>
  );
  return (
    <Page title="Message" trail={trail}>
      <div class="halves">
        <MessageValue cacheName={cacheName} messageId={messageId} />
        <MessageDeliveries cacheName={cacheName} messageId={messageId} />
      </div>
    </Page>
  );
}
