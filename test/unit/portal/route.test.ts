import { expect, test } from "vitest";
import { hrefTo, routeOf } from "../../../portal/state/paths.ts";

test.each([
  [{ screen: "endpoints" }, "#/"],
  [{ screen: "add" }, "#/add"],
  [{ screen: "endpoint", webhookId: "whk_1" }, "#/endpoints/whk_1"],
  [{ screen: "edit", webhookId: "whk_1" }, "#/endpoints/whk_1/edit"],
  [{ screen: "recover", webhookId: "whk_1" }, "#/endpoints/whk_1/recover"],
  [
    { screen: "delivery", webhookId: "whk_1", messageId: "msg_1" },
    "#/endpoints/whk_1/deliveries/msg_1",
  ],
  [{ screen: "events" }, "#/events"],
  [
    { screen: "event", topicName: "a b/c", event: "invoice.paid" },
    "#/events/a%20b%2Fc/invoice.paid",
  ],
] as const)("%j has an address of its own", (route, href) => {
  expect(hrefTo(route)).toBe(href);
  expect(routeOf(href)).toEqual(route);
});

test.each(["#/else", "#/endpoints", "#/endpoints/w/else", "#/events/topic", "#/%", "#/add/more"])(
  "knows no screen at %s",
  (hash) => expect(routeOf(hash)).toEqual({ screen: "unknown" }),
);
