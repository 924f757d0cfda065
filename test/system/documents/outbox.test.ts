import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { NotPossible } from "../../steps/not-possible.ts";
import { installPython } from "../../steps/python.ts";
import { subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { root, startProgram } from "../../support/process/program.ts";
import { programEnvironment } from "../../support/process/program-environment.ts";
import { api } from "../../support/service/api.ts";
import { operatorCredentials } from "../../support/service/engine-access.ts";
import { startLocalRun } from "../../support/service/local-run.ts";

const folder = await mkdtemp(join(tmpdir(), "hookcast-outbox-"));
const run = await startLocalRun();
const receiver = await startReceiver();
const environment = z
  .record(z.string(), z.string())
  .parse(JSON.parse(await readFile(join(run.dataDir, "operator.json"), "utf8")));
const client = new DynamoDBClient({
  region: "us-east-1",
  endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? "",
  credentials: operatorCredentials(environment),
});
afterAll(async () => {
  client.destroy();
  await receiver[Symbol.asyncDispose]();
  await run[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

await client.send(
  new CreateTableCommand({
    TableName: "Orders",
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  }),
);
const webhook = await subscribe(api(run.url, run.key), receiver, {
  cacheName: "orders",
  topicName: "paid",
  webhookName: "billing",
});

const document = await readFile(join(root, "docs/outbox.md"), "utf8");

/** Runs a program with what the deployment's owner gives it. */
async function runWith(command: string, ...args: string[]): Promise<string> {
  await using program = startProgram(command, args, {
    cwd: root,
    env: {
      ...programEnvironment(),
      ...environment,
      AWS_DEFAULT_REGION: "us-east-1",
      ORDERS_TABLE: "Orders",
      OUTBOX_TABLE: environment.OutboxTable,
    },
  });
  const exitCode = await program.exited;
  if (exitCode !== 0) throw new Error(`${command} ${args.join(" ")}: ${program.stderr()}`);
  return program.stdout();
}

/** The values that the webhook has got of this order, all of them signed. */
function valuesOf(order: string): unknown[] {
  return receiver.deliveries
    .filter(({ path, refusal }) => path === webhook.path && refusal === undefined)
    .map(({ body }) => JSON.parse(String(body)).data)
    .filter((data) => data.order === order);
}

test("the example in JavaScript is delivered, and the guide shows it word for word", async () => {
  const file = "examples/outbox/order.js";
  expect(document).toContain(await readFile(join(root, file), "utf8"));
  await runWith(process.execPath, file);
  await eventually(() => valuesOf("order-42").length === 1);
  expect(valuesOf("order-42")).toEqual([{ order: "order-42", total: 12 }]);
});

test("the example in Python is delivered, and the guide shows it word for word", async ({
  skip,
}) => {
  const file = "examples/outbox/order.py";
  expect(document).toContain(await readFile(join(root, file), "utf8"));
  const installing = installPython(folder, "examples/outbox/requirements.txt");
  const python = await installing.catch((error: unknown) => {
    if (error instanceof NotPossible) skip(error.message);
    throw error;
  });
  await runWith(python, file);
  await eventually(() => valuesOf("order-43").length === 1);
  expect(valuesOf("order-43")).toEqual([{ order: "order-43", total: 12 }]);
}, 300_000);

test("npm run outbox lists refused rows with their reasons, and lets them be tried again", async () => {
  const time = new Date(Date.now() - 3_600_000).toISOString();
  const to = { time, cacheName: "orders", topicName: "paid" };
  const put = (row: object) =>
    client.send(
      new PutItemCommand({ TableName: environment.OutboxTable ?? "", Item: marshall(row) }),
    );
  await put({ ...to, id: "bad", value: "{secret" });
  const outbox = (...args: string[]) => runWith(process.execPath, "ops/outbox.ts", ...args);
  await eventually(async () => (await outbox()).includes("1 rows are refused"));
  const listed = await outbox();
  expect(listed).toContain(
    `bad  ${time}  INVALID_ARGUMENT_ERROR: the row is not valid; value must`,
  );
  expect(listed).not.toContain("secret");
  expect(await outbox("--retry", "--id", "other")).toContain("0 rows are tried again");
  expect(await outbox("--retry")).toContain("1 rows are tried again");
  await eventually(async () => {
    if ((await outbox()).includes("0 rows are refused, 1 wait to be published")) return true;
    // A sweep has refused it again meanwhile.
    expect(await outbox("--retry")).toContain("1 rows are tried again");
    return false;
  });
}, 240_000);
