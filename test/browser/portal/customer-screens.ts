import { eventually } from "../../support/eventually.ts";
import type { PortalUnderTest } from "./portal-under-test.ts";

export const cacheName = "screens";
export const webhookName = `connector-${"w".repeat(118)}`;
export const event = `order.${"e".repeat(122)}`;

interface CustomerScreen {
  readonly name: string;
  /** What shows that it is complete. */
  readonly ready: string;
  readonly path: () => string;
}

/** Every screen of a customer whose endpoint fails, and whose names are as long as they may be. */
export function prepareScreens(hookcast: PortalUnderTest): readonly CustomerScreen[] {
  let webhookId = "";
  let messageId = "";
  hookcast.prepare(async () => {
    const { client, receiver } = hookcast;
    hookcast.answerWith(500, `{"error":"${"no ".repeat(100)}"}`);
    ({ webhookId } = await client.putWebhook({
      ...{ cacheName, webhookName, topicName: "t" },
      destination: { postUrl: `${receiver.url}/${"p".repeat(200)}` },
    }));
    await client.createWebhook({
      ...{ id: { cacheName }, topicName: "t", events: ["invoice.paid"] },
      destination: { postUrl: `${receiver.url}/${"long/".repeat(30)}` },
    });
    ({ messageId } = await client.publish({ cacheName, topicName: "t", event, value: { id: 1 } }));
    await eventually(async () => {
      const delivery = await client.getDelivery({ webhookId, messageId }).catch(() => undefined);
      return delivery?.status === "failed";
    });
  });
  const endpoint = (rest = "") => `#/endpoints/${webhookId}${rest}`;
  const delivery = (rest = "") => endpoint(`/deliveries/${messageId}${rest}`);
  return [
    { name: "endpoints", ready: ".endpoints .state", path: () => "#/" },
    { name: "add", ready: ".choices", path: () => "#/add?event=order.paid" },
    { name: "endpoint", ready: ".deliveries .badge", path: () => endpoint() },
    { name: "settings", ready: "#danger", path: () => endpoint("?tab=settings") },
    { name: "secret", ready: ".code", path: () => endpoint("?tab=secret") },
    { name: "edit", ready: ".choices", path: () => endpoint("/edit") },
    { name: "recover", ready: "progress, input[name=since]", path: () => endpoint("/recover") },
    { name: "delivery", ready: ".attempts .bad-text", path: () => delivery() },
    { name: "request", ready: ".request-line", path: () => delivery("?part=request") },
    { name: "unknown", ready: 'main p a[href="#/"]', path: () => "#/somewhere/else" },
  ];
}
