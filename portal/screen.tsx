import { Delivery } from "./screens/deliveries/delivery.tsx";
import { Endpoint } from "./screens/endpoint/endpoint.tsx";
import { Endpoints } from "./screens/endpoints.tsx";
import { EventScreen } from "./screens/events/event.tsx";
import { Events } from "./screens/events/events.tsx";
import { AddEndpoint } from "./screens/form/add-endpoint.tsx";
import { EditEndpoint } from "./screens/form/edit-endpoint.tsx";
import { Recover } from "./screens/recover.tsx";
import { Unknown } from "./screens/unknown.tsx";
import type { Route } from "./state/paths.ts";

/** What an address shows. */
export function Screen({ route }: { route: Route }) {
  switch (route.screen) {
    case "endpoints":
      return <Endpoints />;
    case "add":
      return <AddEndpoint />;
    case "endpoint":
      return <Endpoint {...route} />;
    case "edit":
      return <EditEndpoint {...route} />;
    case "recover":
      return <Recover {...route} />;
    case "delivery":
      return <Delivery {...route} />;
    case "events":
      return <Events />;
    case "event":
      return <EventScreen {...route} />;
    case "unknown":
      return <Unknown />;
  }
}
