import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { lesserKey } from "../../support/service/lesser-key.ts";
import { expectAccessible } from "../accessibility.ts";
import { useConsole } from "../console-under-test.ts";
import { focusOf } from "../keyboard.ts";
import { faultsOf } from "../layout-faults.ts";
import { keepScreenshot } from "../screenshots.ts";

const hookcast = useConsole();
const topicName = "shop";

test("an empty catalogue teaches, and the first type is described in a form", async () => {
  const { client } = hookcast;
  const page = await hookcast.openSignedIn("catalogue");
  await page.getByRole("link", { name: "Event types" }).click();
  await page.getByText("No event type is described yet.").waitFor();
  await page.getByText("hookcast event-types import openapi.json").waitFor();
  await page.getByText("docs/event-types.md").waitFor();
  await page.getByRole("link", { name: "Import it here" }).waitFor();
  await expectAccessible(page);
  await keepScreenshot(page, "event-types-empty");

  await page.getByRole("link", { name: "New event type" }).click();
  await page.getByLabel("Event", { exact: true }).fill("invoice.paid");
  await page.getByLabel("Topic").fill(topicName);
  await page.getByLabel("Group").fill("Billing");
  await page.getByLabel("Audience").fill("beta, gold");
  await page.getByLabel("Check publishes").selectOption("enforce");
  await page.getByLabel("Schema").fill('{ "type": "object", "required": ["id"] ');
  await page.getByLabel("Examples").fill('{ "id": "in_1" }');
  await page.getByRole("button", { name: "Create the event type" }).click();

  // What is no JSON never leaves the page; each fault stands at its field, and the first has the focus.
  await page.getByText("Correct the 2 marked fields.").waitFor();
  const schema = page.getByLabel("Schema");
  expect(await schema.getAttribute("aria-invalid")).toBe("true");
  await eventually(async () => (await focusOf(page)).name === "Schema");
  await page.locator(".field", { has: schema }).getByText("Is not JSON").waitFor();
  const examples = page.locator(".field", { has: page.getByLabel("Examples") });
  await examples.getByText("Must be a list").waitFor();

  await schema.fill('{ "type": "objekt", "properties": { "id": { "type": "string" } } }');
  await page.getByLabel("Examples").fill('[{ "id": "in_1" }, { "id": 7 }]');
  await page.getByRole("button", { name: "Create the event type" }).click();
  await page.locator(".field", { has: schema }).getByText("schema.type must be one of").waitFor();
  await page.getByText("Correct the marked field.").waitFor();
  await expectAccessible(page);
  await keepScreenshot(page, "event-type-faults");

  await schema.fill(
    '{ "type": "object", "required": ["id"], "properties": { "id": { "type": "string" } } }',
  );
  await page.getByRole("button", { name: "Create the event type" }).click();
  await examples.getByText("examples.1.id must be").waitFor();
  await page.getByLabel("Examples").fill('[{ "id": "in_1" }]');
  await page.getByRole("button", { name: "Create the event type" }).click();
  await page.getByRole("region", { name: "What was saved" }).waitFor();
  expect(await client.getEventType({ topicName, event: "invoice.paid" })).toMatchObject({
    ...{ description: null, group: "Billing", audience: ["beta", "gold"], validate: "enforce" },
    ...{ schemaVersion: 1, examples: [{ id: "in_1" }] },
  });

  // A name that is taken is not overwritten.
  await page.goto(`${hookcast.url}#/event-types/new`);
  await page.getByLabel("Event", { exact: true }).fill("invoice.paid");
  await page.getByLabel("Topic").fill(topicName);
  await page.getByRole("button", { name: "Create the event type" }).click();
  await page.getByText("is in the catalogue already").waitFor();
});

test("a changed schema says whom it breaks, its versions are kept, and a type is deleted", async () => {
  const { client } = hookcast;
  const name = { topicName, event: "order.placed" };
  const properties = { id: { type: "string" }, note: { type: "string" } };
  const settings = { status: "deprecated", validate: "warn" } as const;
  const schemaOf = { type: "object", properties, required: ["id"] };
  await client.putEventType({ ...name, ...settings, audience: ["beta"], schema: schemaOf });
  const page = await hookcast.openSignedIn("catalogue");
  await page.goto(`${hookcast.url}#/event-types/${topicName}/order.placed`);
  await page.getByRole("link", { name: "Edit" }).click();
  const schema = page.getByLabel("Schema");
  await schema.waitFor();
  // Somebody else describes it meanwhile: what this form does not change stays.
  await client.putEventType({ ...name, description: "Told by somebody else." });
  await schema.fill('{ "type": "object", "properties": { "id": { "type": "integer" } } }');
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const warning = page.getByRole("alert", { name: "Before it is saved" });
  await warning.getByText("value.note").waitFor();
  await warning.getByText("value.id").first().waitFor();
  expect((await client.getEventType(name)).schemaVersion).toBe(1);
  await expectAccessible(page);
  expect(await faultsOf(page)).toEqual([]);
  await keepScreenshot(page, "event-type-before-saving");
  // What is entered after that is looked at anew.
  await page.getByLabel("Group").fill("Orders");
  await warning.waitFor({ state: "detached" });
  await page.getByLabel("Group").fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await warning.getByText("value.note").waitFor();
  await page.getByRole("button", { name: "Save anyway" }).click();
  const saved = page.getByRole("region", { name: "What was saved" });
  await saved.getByText("value.note").waitFor();
  expect(await saved.textContent()).toContain("is not described any longer");
  expect(await saved.textContent()).toContain("may break publishers");
  await page.getByText("Told by somebody else.").waitFor();
  expect(await client.getEventType(name)).toMatchObject({ ...settings, schemaVersion: 2 });
  await expectAccessible(page);
  await keepScreenshot(page, "event-type-breaking");
  await saved.getByRole("button", { name: "Close" }).click();
  await saved.waitFor({ state: "detached" });

  await page.getByRole("link", { name: "Version 1", exact: true }).click();
  await page.getByText("This is version 1 of the schema").waitFor();
  await page.getByRole("rowheader", { name: "note" }).waitFor();
  await page.getByRole("link", { name: "Show version 2" }).click();
  await page.getByRole("cell", { name: "integer" }).waitFor();

  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keep it" }).click();
  expect((await client.getEventType(name)).schemaVersion).toBe(2);
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("order.placed is deleted.").waitFor();
  await expect(client.getEventType(name)).rejects.toMatchObject({ status: 404 });
});

test("a document's difference is shown before it is imported, and the export brings it back", async () => {
  const { client } = hookcast;
  const name = { topicName, event: "stock.low" };
  const schema = { type: "object", properties: { sku: { type: "string" } } };
  await client.putEventType({ ...name, group: "Stock", schema });
  const document = {
    openapi: "3.1.0",
    webhooks: {
      "stock.low": { post: operation({ type: "object", properties: {} }) },
      "stock.gone": { post: operation({ type: "object" }) },
    },
  };
  const page = await hookcast.openSignedIn("catalogue");
  await page.goto(`${hookcast.url}#/event-types/import`);
  await page.getByLabel("Document").fill("openapi: 3.1.0");
  await page.getByRole("button", { name: "Show the difference" }).click();
  await page.getByText("Is not JSON").waitFor();
  await page.getByLabel("Document").fill('{ "openapi": "3.0.0", "webhooks": {} }');
  await page.getByRole("button", { name: "Show the difference" }).click();
  await page.getByText("document.openapi must be 3.1").waitFor();

  const buffer = Buffer.from(JSON.stringify(document));
  await page.getByLabel("File").setInputFiles({
    ...{ name: "openapi.json", mimeType: "application/json", buffer },
  });
  await page.getByLabel("Topic").fill(topicName);
  await page.getByRole("button", { name: "Show the difference" }).click();
  const difference = page.getByRole("region", { name: "What would change" });
  await difference.getByText("1 new, 1 changed").waitFor();
  await difference.getByText("value.sku").waitFor();
  await expect(client.getEventType({ topicName, event: "stock.gone" })).rejects.toMatchObject({
    status: 404,
  });
  await expectAccessible(page);
  expect(await faultsOf(page)).toEqual([]);
  await keepScreenshot(page, "event-types-import");

  // What is shown holds for that document alone.
  await page.getByLabel("Topic").fill("elsewhere");
  await difference.waitFor({ state: "detached" });
  await page.getByLabel("Topic").fill(topicName);
  await page.getByRole("button", { name: "Show the difference" }).click();
  await page.getByRole("button", { name: "Import 2 event types" }).click();
  await page.getByText("What was imported").waitFor();
  expect(await client.getEventType(name)).toMatchObject({ group: "Stock", schemaVersion: 2 });

  await page.getByRole("link", { name: "Go to the event types" }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "OpenAPI", exact: true }).click();
  const file = await (await saving).path();
  const exported = JSON.parse(await readFile(file, "utf8"));
  expect(Object.keys(exported.webhooks)).toEqual(expect.arrayContaining(["stock.low"]));
  const { changes } = await client.importEventTypes({ document: exported, dryRun: true });
  expect(changes.filter(({ change }) => change !== "unchanged")).toEqual([]);
});

test("the list is searched and narrowed, and its address keeps that", async () => {
  const { client } = hookcast;
  const types = [
    ["user.joined", "Users", "active"],
    ["user.left", "Users", "deprecated"],
    ["user.merged", "Users", "archived"],
    ["loose.end", null, "active"],
  ] as const;
  for (const [event, group, status] of types) {
    await client.putEventType({ topicName: "people", event, group, status });
  }
  const page = await hookcast.openSignedIn("catalogue");
  await page.getByRole("link", { name: "Event types" }).click();
  await page.getByLabel("Find an event type").fill("people");
  const events = () => page.locator("[data-row]").allTextContents();
  await page.getByRole("rowheader", { name: "Users 2" }).waitFor();
  expect(await events()).toEqual(["user.joined", "user.left", "loose.end"]);
  await keepScreenshot(page, "event-types-found");
  await page.getByLabel("Status").selectOption("archived");
  await page.getByRole("link", { name: "user.merged" }).waitFor();
  await page.getByRole("link", { name: "user.joined" }).waitFor({ state: "detached" });
  expect(await events()).toEqual(["user.merged"]);
  await page.reload();
  await page.getByText("user.merged").waitFor();
  expect(await page.getByLabel("Find an event type").inputValue()).toBe("people");
  await page.getByLabel("Find an event type").fill("nothing like it");
  await page.getByText("No event type matches “nothing like it”.").waitFor();
});

test.each([
  // The catalogue belongs to all caches.
  ["manages one cache", "mine", "read,manage", /all caches/],
  ["may only read", undefined, "read,resend,secret,publish", /lacks the permission manage/],
] as const)(
  "a key that %s sees the catalogue and is offered no change",
  async (...[, cacheName, permissions, refusal]) => {
    await hookcast.client.putEventType({ topicName, event: "read.only" });
    const page = await hookcast.openPage();
    await page.getByLabel("API key").fill(await lesserKey(hookcast.run, cacheName, permissions));
    await page.getByLabel("Cache").fill("mine");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Event types" }).click();
    await page.getByText("This key may read it and not change it.").waitFor();
    expect(await page.getByRole("link", { name: /^(Import|New event type)$/ }).count()).toBe(0);
    await page.getByRole("link", { name: "read.only" }).click();
    await page.getByText("There is no schema").waitFor();
    expect(await page.getByRole("link", { name: "Edit" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Delete…" }).count()).toBe(0);
    // Who goes there by the address is told by the service.
    await page.goto(`${hookcast.url}#/event-types/${topicName}/read.only/edit`);
    await page.getByLabel("Group").fill("Mine");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").getByText(refusal).waitFor();
  },
);

function operation(schema: object) {
  return { requestBody: { content: { "application/json": { schema } } } };
}
