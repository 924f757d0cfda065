import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { expectAccessible } from "../accessibility.ts";
import { faultsOf } from "../layout-faults.ts";
import { keepScreenshot } from "../screenshots.ts";
import { show, usePortal } from "./portal-under-test.ts";

const hookcast = usePortal();
const topicName = "shop";

hookcast.prepare(async () => {
  const { client } = hookcast;
  const types = [
    ["invoice.paid", "Invoices", "A customer has paid an invoice."],
    ["invoice.voided", "Invoices", "An invoice no longer has to be paid."],
    ["order.created", "Orders", "A customer has placed an order."],
    ["order.shipped", "Orders", "An order is on its way."],
    ["stock.low", null, null],
  ] as const;
  for (const [event, group, description] of types) {
    await client.putEventType({ topicName, event, group, description });
  }
  await client.putEventType({
    ...{ topicName, event: "invoice.paid", examples: [{ id: "inv_1", amount: 12.5 }] },
    schema: {
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "string", description: "Of the invoice." },
        amount: { type: "number", description: "In euros." },
      },
    },
  });
  await client.putEventType({ topicName: "internal", event: "secret.thing" });
});

test("a customer reads what an event carries, and adds an endpoint for it", async () => {
  const page = await hookcast.openPortal("events", { topics: [topicName] });
  await page.getByRole("link", { name: "Events" }).click();
  await page.getByRole("heading", { name: "Invoices" }).waitFor();
  expect(await page.getByText("secret.thing").count()).toBe(0);
  await page.getByLabel("Find an event").fill("PAID an");
  const found = page.getByRole("link", { name: /invoice|order|stock/ });
  await eventually(async () => (await found.count()) === 1);
  await page.getByRole("link", { name: /invoice\.paid/ }).click();
  await page.getByRole("cell", { name: "In euros." }).waitFor();
  await page.getByText('"amount": 12.5').waitFor();
  await page.getByRole("button", { name: "Go", exact: true }).click();
  await page.getByText("standardwebhooks.NewWebhook").waitFor();
  await page.getByRole("link", { name: "Receive it" }).click();
  await page.getByLabel("URL").fill(`${hookcast.receiver.url}/hooks`);
  await page.getByLabel("Name (optional)").fill("books");
  expect(await page.getByRole("checkbox", { name: /^invoice\.paid/ }).isChecked()).toBe(true);
  await page.getByRole("checkbox", { name: "Choose all of Orders" }).check();
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await page.getByText("The endpoint is added.").waitFor();
  const [webhook] = await Array.fromAsync(hookcast.client.listWebhooks({ cacheName: "events" }));
  expect(webhook).toMatchObject({
    topicName,
    events: ["invoice.paid", "order.created", "order.shipped"],
  });
});

test("a filter is tried before it is saved", async () => {
  const page = await hookcast.openPortal("filters", { topics: [topicName] });
  await page.getByRole("link", { name: "Add endpoint" }).click();
  await page.getByText("Filter by content (optional)").click();
  const filter = { value: { amount: [{ numeric: [">=", 100] }] } };
  await page.getByLabel("Filter", { exact: true }).fill(JSON.stringify(filter));
  await page.getByRole("button", { name: "Test the filter" }).click();
  await page.getByText("This event would be sent: value.amount.").waitFor();
  await page.getByLabel("The data of an event").fill('{ "amount": 7 }');
  await page.getByRole("button", { name: "Test the filter" }).click();
  await page.getByText("This event would not be sent: value.amount.").waitFor();
  await page.getByLabel("URL").fill(`${hookcast.receiver.url}/hooks`);
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await page.getByText("The endpoint is added.").waitFor();
  const [webhook] = await Array.fromAsync(hookcast.client.listWebhooks({ cacheName: "filters" }));
  expect(webhook?.config.filter).toEqual(filter);
});

test.each([390, 1_024, 1_440])(
  "the catalogue is laid out and accessible at %i pixels",
  async (width) => {
    const viewport = { width, height: 800 };
    const page = await hookcast.openPortal("looks", { topics: [topicName] }, { viewport });
    for (const [name, path, ready] of [
      ["events", "#/events", ".events"],
      ["event", `#/events/${topicName}/invoice.paid`, ".fields"],
      ["picker", "#/add?event=invoice.paid", ".picker-groups"],
    ] as const) {
      await show(page, path);
      await page.locator(ready).first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await expectAccessible(page);
      await keepScreenshot(page, `portal-${name}-${width}`);
    }
  },
);

test("a customer has an example sent to the endpoint of their choice", async () => {
  const { client, receiver } = hookcast;
  const cacheName = "examples";
  const page = await hookcast.openPortal(cacheName, { topics: [topicName] });
  const examplePath = `#/events/${topicName}/invoice.paid`;
  await show(page, examplePath);
  await page.getByText("Add an endpoint to have this example sent to it.").waitFor();
  for (const webhookName of ["one", "two"]) {
    await client.putWebhook({
      ...{ cacheName, webhookName, topicName, events: ["stock.low"] },
      destination: { postUrl: `${receiver.url}/${webhookName}` },
    });
  }
  await show(page, "#/events");
  await page.getByLabel("Find an event").waitFor();
  await show(page, examplePath);
  await page.getByLabel("To this endpoint").selectOption("two");
  await page.getByRole("button", { name: "Send me this example" }).click();
  await page.getByText(/^Delivered in .* Your server answered 200\./).waitFor();
  const [sent, ...others] = receiver.deliveries.filter(({ path }) => /^\/(one|two)$/.test(path));
  expect([sent?.path, others]).toEqual(["/two", []]);
  expect(sent?.headers["webhook-test"]).toBe("true");
  expect(JSON.parse(String(sent?.body)).data).toEqual({ id: "inv_1", amount: 12.5 });
  await expectAccessible(page);
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole("link", { name: "Endpoints" }).click();
  await page.getByRole("link", { name: /^one/ }).click();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("What to send").selectOption("Example: stock.low");
  await page.getByRole("button", { name: "Send a test event" }).click();
  await page.getByText("There is no example.").waitFor();
  await page.getByLabel("What to send").selectOption("Example: invoice.paid");
  await page.getByRole("button", { name: "Send a test event" }).click();
  await page.getByText(/^Delivered in .* Your server answered 200\./).waitFor();
  expect(receiver.deliveries.filter(({ path }) => path === "/one")).toHaveLength(1);
});

test("who may only read is offered no example to send", async () => {
  const page = await hookcast.openPortal("readers", { topics: [topicName], permissions: ["read"] });
  await show(page, `#/events/${topicName}/invoice.paid`);
  await page.getByText('"amount": 12.5').waitFor();
  expect(await page.getByRole("button", { name: "Send me this example" }).count()).toBe(0);
  expect(await page.getByText("Add an endpoint to have").count()).toBe(0);
});
