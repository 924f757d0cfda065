import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { subscribe } from "../webhooks.ts";
import { publish } from "./messages.ts";

const { root } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const topic = { cacheName: freshCache(), topicName: "t" };

/** What each webhook wants, under the name that the table below calls it. */
const wishes = {
  any: {},
  code: { events: [101] },
  name: { events: ["invoice.paid"] },
  both: { events: [101, "invoice.paid"] },
  below: { events: ["invoice.*"] },
  product: { productId: 7 },
  zero: { productId: 0 },
  codeOfProduct: { events: [101], productId: 7 },
};

/** A message's event and productId, and who receives it. */
const table: [string | undefined, string | undefined, (keyof typeof wishes)[]][] = [
  [undefined, undefined, ["any"]],
  ["101", undefined, ["any", "code", "both"]],
  ["00101", undefined, ["any", "code", "both"]],
  ["102", undefined, ["any"]],
  ["invoice.paid", undefined, ["any", "name", "both", "below"]],
  ["invoice.item.paid", undefined, ["any", "below"]],
  ["invoices.paid", undefined, ["any"]],
  ["invoice", undefined, ["any"]],
  ["Invoice.paid", undefined, ["any"]],
  [undefined, "7", ["any", "product"]],
  [undefined, "0", ["any", "zero"]],
  [undefined, "-7", ["any"]],
  ["101", "7", ["any", "code", "both", "product", "codeOfProduct"]],
  ["101", "8", ["any", "code", "both"]],
  ["102", "7", ["any", "product"]],
  ["invoice.paid", "7", ["any", "name", "both", "below", "product"]],
  ["invoice.paid", "0", ["any", "name", "both", "below", "zero"]],
];

test("a webhook receives what its events and its productId let through, and nothing else", async () => {
  const paths = new Map<string, string>();
  for (const [webhookName, wish] of Object.entries(wishes)) {
    const id = { cacheName: topic.cacheName, webhookName };
    const { path } = await subscribe(root, receiver, id, { topicName: "t", ...wish });
    paths.set(path, webhookName);
  }
  const receiversOf = (messageId: string) =>
    receiver.deliveries
      .filter((delivery) => delivery.messageId === messageId)
      .map(({ path }) => paths.get(path))
      .sort();

  const messageIds: string[] = [];
  for (const [event, productId] of table) {
    const query = { ...(event && { event }), ...(productId && { productId }) };
    messageIds.push(await publish(root, topic, { json: {}, query }));
  }
  const expectedCount = table.reduce((sum, [, , names]) => sum + names.length, 0);
  await eventually(() => receiver.deliveries.length >= expectedCount);
  // One more to everybody: what should not have been sent would have come before it.
  const lasts = [
    { event: "101", productId: "7" },
    { event: "invoice.paid", productId: "0" },
  ];
  for (const query of lasts) {
    const last = await publish(root, topic, { json: {}, query });
    await eventually(() => receiversOf(last).length >= 4);
  }

  expect(
    table.map(([event, productId], index) => [
      event,
      productId,
      receiversOf(messageIds[index] ?? ""),
    ]),
  ).toEqual(table.map(([event, productId, names]) => [event, productId, names.sort()]));
});
