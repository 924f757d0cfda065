/** What the portal can show, each under a path of its own behind the `#`. */
export type Route =
  | { readonly screen: "endpoints" }
  | { readonly screen: "add" }
  | { readonly screen: "endpoint"; readonly webhookId: string }
  | { readonly screen: "edit"; readonly webhookId: string }
  | { readonly screen: "recover"; readonly webhookId: string }
  | { readonly screen: "delivery"; readonly webhookId: string; readonly messageId: string }
  | { readonly screen: "events" }
  | { readonly screen: "event"; readonly topicName: string; readonly event: string }
  | { readonly screen: "unknown" };

export function hrefTo(target: Route): string {
  switch (target.screen) {
    case "endpoints":
      return "#/";
    case "add":
      return "#/add";
    case "endpoint":
      return `#/endpoints/${target.webhookId}`;
    case "edit":
    case "recover":
      return `#/endpoints/${target.webhookId}/${target.screen}`;
    case "delivery":
      return `#/endpoints/${target.webhookId}/deliveries/${target.messageId}`;
    case "events":
      return "#/events";
    case "event":
      return `#/events/${encodeURIComponent(target.topicName)}/${encodeURIComponent(target.event)}`;
    case "unknown":
      return "#/unknown";
  }
}

export function routeOf(hash: string): Route {
  const [kind = "", subject, part, detail, ...rest] = segmentsOf(hash);
  if (rest.length > 0) return { screen: "unknown" };
  if (kind === "" && subject === undefined) return { screen: "endpoints" };
  if (kind === "add" && subject === undefined) return { screen: "add" };
  if (kind === "endpoints" && subject) return endpointRoute(subject, part, detail);
  if (kind !== "events" || detail !== undefined) return { screen: "unknown" };
  if (subject === undefined) return { screen: "events" };
  return subject && part
    ? { screen: "event", topicName: subject, event: part }
    : { screen: "unknown" };
}

function endpointRoute(webhookId: string, part?: string, detail?: string): Route {
  if (part === undefined) return { screen: "endpoint", webhookId };
  if (part === "deliveries" && detail) return { screen: "delivery", webhookId, messageId: detail };
  if ((part === "edit" || part === "recover") && detail === undefined) {
    return { screen: part, webhookId };
  }
  return { screen: "unknown" };
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
