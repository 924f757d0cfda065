import { expect, test } from "vitest";
import { hrefTo, type Route, routeOf } from "../../../console/state/address/route.ts";

const routes: Route[] = [
  { screen: "start" },
  { screen: "webhooks", cacheName: "größe 1 + 1" },
  { screen: "new webhook", cacheName: "orders" },
  { screen: "publish", cacheName: "orders" },
  { screen: "publish", cacheName: "orders", topicName: "paid & more" },
  { screen: "message", cacheName: "orders", messageId: "msg_1" },
  { screen: "webhook", webhookId: "whk_1" },
  { screen: "edit webhook", webhookId: "whk_1" },
  { screen: "recover", webhookId: "whk_1" },
  { screen: "delivery", webhookId: "whk_1", messageId: "msg_1" },
  { screen: "event types" },
  { screen: "new event type" },
  { screen: "import event types" },
  { screen: "event type", topicName: "new", event: "paid/in full" },
  { screen: "edit event type", topicName: "größe 1", event: "101" },
  { screen: "unknown" },
];

test.each(routes)("finds the way back from the address of $screen", (route) => {
  expect(routeOf(hrefTo(route))).toEqual(route);
});

test.each([
  "#/caches",
  "#/caches/orders",
  "#/caches/orders/webhooks/more",
  "#/webhooks/whk_1/deliveries",
  "#/webhooks/whk_1/deliveries/msg_1/more",
  "#/webhooks/whk_1/other",
  "#/event-types/other",
  "#/event-types/paid/",
  "#/event-types//invoice.paid",
  "#/event-types/paid/invoice.paid/other",
  "#/event-types/paid/invoice.paid/edit/more",
  "#/%",
])("knows no screen at %s", (hash) => {
  expect(routeOf(hash)).toEqual({ screen: "unknown" });
});

test("begins where no address is given", () => {
  expect([routeOf(""), routeOf("#")]).toEqual([{ screen: "start" }, { screen: "start" }]);
});
