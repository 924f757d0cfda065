import { Delivery } from "./screens/deliveries/delivery.tsx";
import { Endpoint } from "./screens/endpoint/endpoint.tsx";
import { Endpoints } from "./screens/endpoints.tsx";
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
    case "event":
    case "unknown":
      return <Unknown />;
  }
}
