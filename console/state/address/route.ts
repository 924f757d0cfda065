/** What the console can show, each under a path of its own behind the `#`; `query.ts` has what may follow it. */
export type Route =
  | { readonly screen: "start" }
  | { readonly screen: "webhooks"; readonly cacheName: string }
  | { readonly screen: "new webhook"; readonly cacheName: string }
  | { readonly screen: "publish"; readonly cacheName: string; readonly topicName?: string }
  | { readonly screen: "message"; readonly cacheName: string; readonly messageId: string }
  | { readonly screen: "webhook"; readonly webhookId: string }
  | { readonly screen: "edit webhook"; readonly webhookId: string }
  | { readonly screen: "recover"; readonly webhookId: string }
  | { readonly screen: "delivery"; readonly webhookId: string; readonly messageId: string }
  | { readonly screen: "event types" }
  | { readonly screen: "new event type" }
  | { readonly screen: "import event types" }
  | { readonly screen: "event type"; readonly topicName: string; readonly event: string }
  | { readonly screen: "edit event type"; readonly topicName: string; readonly event: string }
  | { readonly screen: "unknown" };

export function hrefTo(route: Route): string {
  switch (route.screen) {
    case "start":
      return "#/";
    case "webhooks":
      return `${cacheHref(route)}/webhooks`;
    case "new webhook":
      return `${cacheHref(route)}/new`;
    case "publish":
      return `${cacheHref(route)}/publish${route.topicName === undefined ? "" : `/${encodeURIComponent(route.topicName)}`}`;
    case "message":
      return `${cacheHref(route)}/messages/${route.messageId}`;
    case "webhook":
      return `#/webhooks/${route.webhookId}`;
    case "edit webhook":
      return `#/webhooks/${route.webhookId}/edit`;
    case "recover":
      return `#/webhooks/${route.webhookId}/recover`;
    case "delivery":
      return `#/webhooks/${route.webhookId}/deliveries/${route.messageId}`;
    case "event types":
      return "#/event-types";
    case "new event type":
      return "#/event-types/new";
    case "import event types":
      return "#/event-types/import";
    case "event type":
      return typeHref(route);
    case "edit event type":
      return `${typeHref(route)}/edit`;
    case "unknown":
      return "#/unknown";
  }
}

export function routeOf(hash: string): Route {
  const [kind = "", subject, part, detail, ...rest] = segmentsOf(hash);
  if (kind === "" && subject === undefined) return { screen: "start" };
  if (kind === "event-types" && rest.length === 0) return typeRoute(subject, part, detail);
  if (!subject || rest.length > 0) return { screen: "unknown" };
  if (kind === "caches") return cacheRoute(subject, part, detail);
  if (kind === "webhooks") return webhookRoute(subject, part, detail);
  return { screen: "unknown" };
}

function cacheRoute(cacheName: string, part?: string, detail?: string): Route {
  if (part === "publish") {
    return { screen: "publish", cacheName, ...(detail !== undefined && { topicName: detail }) };
  }
  if (part === "messages" && detail) return { screen: "message", cacheName, messageId: detail };
  if (part === "webhooks" && detail === undefined) return { screen: "webhooks", cacheName };
  if (part === "new" && detail === undefined) return { screen: "new webhook", cacheName };
  return { screen: "unknown" };
}

function webhookRoute(webhookId: string, part?: string, detail?: string): Route {
  if (part === undefined) return { screen: "webhook", webhookId };
  if (part === "deliveries" && detail) return { screen: "delivery", webhookId, messageId: detail };
  if (part === "edit" && detail === undefined) return { screen: "edit webhook", webhookId };
  if (part === "recover" && detail === undefined) return { screen: "recover", webhookId };
  return { screen: "unknown" };
}

function typeRoute(topicName?: string, event?: string, part?: string): Route {
  if (topicName === undefined) return { screen: "event types" };
  if (event === undefined) {
    if (topicName === "new") return { screen: "new event type" };
    return { screen: topicName === "import" ? "import event types" : "unknown" };
  }
  if (!topicName || !event) return { screen: "unknown" };
  if (part === undefined) return { screen: "event type", topicName, event };
  return part === "edit" ? { screen: "edit event type", topicName, event } : { screen: "unknown" };
}

function segmentsOf(hash: string): string[] {
  try {
    return hash
      .replace(/^#?\/?/, "")
      .split("/")
      .map(decodeURIComponent);
  } catch {
    return ["unknown"]; // a percent sign that begins no character
  }
}

function cacheHref({ cacheName }: { readonly cacheName: string }): string {
  return `#/caches/${encodeURIComponent(cacheName)}`;
}

function typeHref({ topicName, event }: { readonly topicName: string; readonly event: string }) {
  return `#/event-types/${encodeURIComponent(topicName)}/${encodeURIComponent(event)}`;
}
