import { DeliveryScreen } from "./screens/deliveries/delivery.tsx";
import { Publish } from "./screens/publish.tsx";
import { Recover } from "./screens/recover/recover.tsx";
import { Unknown } from "./screens/unknown.tsx";
import { EditWebhook } from "./screens/webhooks/edit-webhook.tsx";
import { NewWebhook } from "./screens/webhooks/new-webhook.tsx";
import { WebhookScreen } from "./screens/webhooks/webhook.tsx";
import { Webhooks } from "./screens/webhooks/webhooks.tsx";
import type { Route } from "./state/route.ts";
import { session } from "./state/session.ts";

/** What an address shows to a user who is signed in. */
export function Screen({ route }: { route: Route }) {
  switch (route.screen) {
    case "start":
      return <Webhooks cacheName={session.value?.cacheName ?? ""} />;
    case "webhooks":
      return <Webhooks {...route} />;
    case "new webhook":
      return <NewWebhook {...route} />;
    case "publish":
      return <Publish {...route} />;
    case "webhook":
      return <WebhookScreen {...route} />;
    case "edit webhook":
      return <EditWebhook {...route} />;
    case "recover":
      return <Recover {...route} />;
    case "delivery":
      return <DeliveryScreen {...route} />;
    case "unknown":
      return <Unknown />;
  }
}
