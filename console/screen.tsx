import { DeliveryScreen } from "./screens/deliveries/delivery.tsx";
import { EventTypeScreen } from "./screens/event-types/event-type.tsx";
import { EventTypes } from "./screens/event-types/event-types.tsx";
import { EditEventType } from "./screens/event-types/form/edit-event-type.tsx";
import { NewEventType } from "./screens/event-types/form/new-event-type.tsx";
import { ImportEventTypes } from "./screens/event-types/import/import-event-types.tsx";
import { MessageScreen } from "./screens/messages/message.tsx";
import { Overview } from "./screens/overview/overview.tsx";
import { Publish } from "./screens/publish.tsx";
import { Recover } from "./screens/recover/recover.tsx";
import { Unknown } from "./screens/unknown.tsx";
import { EditWebhook } from "./screens/webhooks/edit-webhook.tsx";
import { NewWebhook } from "./screens/webhooks/new-webhook.tsx";
import { WebhookScreen } from "./screens/webhooks/webhook.tsx";
import { Webhooks } from "./screens/webhooks/webhooks.tsx";
import type { Route } from "./state/address/route.ts";

/** What an address shows to a user who is signed in. */
export function Screen({ route }: { route: Route }) {
  switch (route.screen) {
    case "start":
      return <Overview />;
    case "webhooks":
      return <Webhooks {...route} />;
    case "new webhook":
      return <NewWebhook {...route} />;
    case "publish":
      return <Publish {...route} />;
    case "message":
      return <MessageScreen {...route} />;
    case "webhook":
      return <WebhookScreen {...route} />;
    case "edit webhook":
      return <EditWebhook {...route} />;
    case "recover":
      return <Recover {...route} />;
    case "delivery":
      return <DeliveryScreen {...route} />;
    case "event types":
      return <EventTypes />;
    case "new event type":
      return <NewEventType />;
    case "import event types":
      return <ImportEventTypes />;
    case "event type":
      return <EventTypeScreen {...route} />;
    case "edit event type":
      return <EditEventType {...route} />;
    case "unknown":
      return <Unknown />;
  }
}
