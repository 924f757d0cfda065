import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();

const schema = {
  type: "object",
  properties: { invoiceId: { type: "string" }, amount: { type: "integer" } },
  required: ["invoiceId", "amount"],
};
const [first, second] = [
  { invoiceId: "in_1", amount: 1_200 },
  { invoiceId: "in_2", amount: 7 },
];

async function fileWith(name: string, content: unknown): Promise<string> {
  const file = join(cli.service.dataDir, name);
  await writeFile(file, JSON.stringify(content));
  return file;
}

async function types(...args: string[]): Promise<unknown[]> {
  return await cli.hookcast.documents("event-types", ...args);
}

/** Puts a type with the schema and both examples. */
async function putType(name: string, ...options: string[]): Promise<unknown> {
  const examples = [await fileWith("first.json", first), await fileWith("second.json", second)];
  const given = examples.flatMap((file) => ["--example", file]);
  const schemaFile = await fileWith("schema.json", schema);
  const [answer] = await types("put", name, "--schema", schemaFile, ...given, ...options);
  return answer;
}

test("a type is put, changed with a word on what breaks, shown, listed and deleted", async () => {
  const { hookcast } = cli;
  const facts = ["--description", "Paid.", "--group", "Billing", "--audience", "partners"];
  expect(await putType("put-1/invoice.paid", ...facts)).toMatchObject({
    breaking: [],
    eventType: { ...{ topicName: "put-1", event: "invoice.paid", description: "Paid." }, schema },
  });
  const looser = await fileWith("looser.json", { ...schema, required: ["invoiceId"] });
  const put = ["event-types", "put", "put-1/invoice.paid", "--schema", looser, "--group", ""];
  const changed = await hookcast.run([...put, "--audience", "none", "--status", "deprecated"]);
  expect(changed).toMatchObject({
    exitCode: 0,
    stderr: "May break receivers: value.amount was required and may be absent\n",
  });
  expect(changed.stdout).toMatch(/^schema +version 2 of 2, 1$/m);
  expect(await types("get", "put-1/invoice.paid")).toMatchObject([
    { description: "Paid.", group: null, audience: [], status: "deprecated", schemaVersion: 2 },
  ]);
  const earlier = ["--schema", "--schema-version", "1"];
  const printed = await hookcast.done("event-types", "get", "put-1/invoice.paid", ...earlier);
  expect(printed).toBe(`${JSON.stringify(schema, null, 2)}\n`);
  expect(await types("get", "put-1/invoice.paid", "--example", "2")).toEqual([second]);
  const list = await hookcast.done("event-types", "list", "--topic", "put-1");
  expect(list).toMatch(/^put-1\/invoice\.paid +- +deprecated +off +2 +Paid\.$/m);
  expect(await types("list", "--topic", "put-1", "--status", "active,archived")).toEqual([]);
  await hookcast.done("event-types", "put", "put-1/invoice.paid", "--schema", "none");
  expect(await types("get", "put-1/invoice.paid")).toMatchObject([{ schema: null }]);

  const asked = await hookcast.run(["event-types", "delete", "put-1/invoice.paid"]);
  expect(asked).toMatchObject({ exitCode: 2, stdout: "" });
  const deleted = await hookcast.done("event-types", "delete", "put-1/invoice.paid", "--yes");
  expect(deleted).toBe("deleted put-1/invoice.paid\n");
  const gone = await hookcast.run(["event-types", "get", "put-1/invoice.paid"]);
  expect(gone).toMatchObject({ exitCode: 3, stdout: "" });
});

test("a document is looked at, imported, and exported as it can be imported again", async () => {
  const { hookcast } = cli;
  await putType("port-1/invoice.paid");
  const exported = await hookcast.done("event-types", "export", "--topic", "port-1");
  await hookcast.done("event-types", "delete", "port-1/invoice.paid", "--yes");
  const bring = ["event-types", "import", "-", "--json"];
  const stdin = { stdin: exported };
  const dry = await hookcast.run([...bring, "--dry-run"], stdin);
  const change = { topicName: "port-1", event: "invoice.paid", change: "created" };
  expect(JSON.parse(dry.stdout)).toMatchObject(change);
  expect(await types("list", "--topic", "port-1")).toEqual([]);
  expect((await hookcast.run(bring, stdin)).stdout).toBe(dry.stdout);
  expect(await hookcast.done("event-types", "export", "--topic", "port-1")).toBe(exported);
  const file = await fileWith("openapi.json", JSON.parse(exported));
  const again = await hookcast.run(["event-types", "import", file, "--dry-run"]);
  expect(again.stdout).toMatch(/^port-1\/invoice\.paid +unchanged/m);
  expect(again.stderr).toBe("Nothing was written: this was a dry run.\n");
  expect(await types("export", "--format", "asyncapi", "--topic", "port-1")).toMatchObject([
    { asyncapi: "3.0.0", channels: { "port-1": {} } },
  ]);
  const old = await fileWith("old.json", { openapi: "3.0.3", paths: {} });
  const refused = await hookcast.run(["event-types", "import", old]);
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused.stderr).toContain("document.openapi: must be 3.1");
});

test("validate names every fault of a value, and publishes nothing", async () => {
  const { hookcast } = cli;
  await putType("check-1/invoice.paid", "--validate", "enforce");
  const validate = ["event-types", "validate", "check-1/invoice.paid"];
  expect(await hookcast.done(...validate, JSON.stringify(first))).toBe(
    "matches version 1 of check-1/invoice.paid\n",
  );
  const bad = await hookcast.run([...validate, "--json"], { stdin: '{"amount": "1"}' });
  expect(bad).toMatchObject({ exitCode: 1, stdout: "" });
  // The service says the same of it.
  const publish = ["publish", "cache-1/check-1", '{"amount": "1"}', "--event", "invoice.paid"];
  const refused = await hookcast.run([...publish, "--json"]);
  const details = [
    { path: "value.amount", message: "must be an integer" },
    { path: "value.invoiceId", message: "is required" },
  ];
  expect(JSON.parse(bad.stderr).error).toMatchObject({ exit: "refused", details });
  expect(JSON.parse(refused.stderr).error).toMatchObject({ exit: "refused", details });
  expect(await hookcast.documents("messages", "list", "cache-1")).toEqual([]);
  await hookcast.done("event-types", "put", "check-1/bare", "--description", "Nothing yet.");
  const bare = await hookcast.run(["event-types", "validate", "check-1/bare", "1"]);
  expect(bare).toMatchObject({ exitCode: 1, stderr: "hookcast: check-1/bare has no schema\n" });
});

test("trigger publishes an example of the event to the only topic and cache, or to those it is given", async () => {
  const { hookcast, receiver } = cli;
  await putType("trig-1/trig.paid");
  const url = `${receiver.url}/triggered`;
  await hookcast.done("webhooks", "put", "trig/w", "--topic", "trig-1", "--url", url);
  const sent = await hookcast.run(["trigger", "trig.paid"]);
  expect(sent.stderr).toBe("Example 1 of trig.paid went to trig/trig-1.\n");
  const messageId = sent.stdout.trim();
  await eventually(() => receiver.find("/triggered", messageId));
  const shown = await hookcast.documents("messages", "get", "trig", messageId);
  expect(shown).toMatchObject([{ topicName: "trig-1", event: "trig.paid", value: first }]);

  await putType("trig-2/trig.paid");
  const unclear = await hookcast.run(["trigger", "trig.paid"]);
  expect(unclear.stderr).toContain("trig.paid is an event of trig-1 and trig-2\n");
  expect(unclear.exitCode).toBe(2);
  await hookcast.done("webhooks", "put", "trig-other/w", "--topic", "t", "--url", url);
  expect((await hookcast.run(["trigger", "trig.paid"])).stderr).toContain("several caches");
  const place = ["--cache", "trig-other", "--topic", "trig-2"];
  const other = await hookcast.done("trigger", "trig.paid", ...place, "--example", "2");
  expect(await hookcast.documents("messages", "get", "trig-other", other.trim())).toMatchObject([
    { value: second },
  ]);
  const none = await hookcast.run(["trigger", "trig.paid", ...place, "--example", "3"]);
  expect(none.stderr).toContain("trig-2/trig.paid has 2 examples");
  const unknown = await hookcast.run(["trigger", "trig.lost", "--cache", "trig"]);
  expect(unknown).toMatchObject({ exitCode: 3, stdout: "" });
});

test("webhooks test --event sends an example to one webhook, and says which has none", async () => {
  const { hookcast, receiver } = cli;
  await putType("test-1/test.paid");
  const url = `${receiver.url}/tested`;
  await hookcast.done("webhooks", "put", "tested/w", "--topic", "test-1", "--url", url);
  const sendTest = ["webhooks", "test", "tested/w", "--event", "test.paid"];
  expect(await hookcast.documents(...sendTest, "--example", "2")).toMatchObject([
    { delivered: true, statusCode: 200 },
  ]);
  const sent = receiver.deliveries.find(({ path }) => path === "/tested");
  expect(sent?.headers["webhook-test"]).toBe("true");
  expect(JSON.parse(String(sent?.body))).toMatchObject({ type: "test.paid", data: second });
  const refused = await hookcast.run([...sendTest, "--example", "3"]);
  expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
  expect(refused.stderr).toContain("must be less than 2, the number of examples");
});
