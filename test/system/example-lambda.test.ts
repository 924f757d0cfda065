import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type DynamoDb, startDynamoDb } from "../../local/dynamodb/start.ts";
import type { OutgoingRequest } from "../../shared/domain/requests/outgoing-request.ts";
import { mintSecret } from "../../shared/domain/webhooks/webhook-secret.ts";
import { root } from "../support/process/program.ts";
import { openToAll } from "../support/service/engine-access.ts";
import { messageId } from "../unit/samples.ts";
import { installClient } from "./installed-client.ts";
import { forgedDeliveries, genuineDeliveries } from "./receivers/forged-deliveries.ts";
import { sampleDelivery } from "./receivers/sample-delivery.ts";

interface Event {
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

const secret = mintSecret(randomBytes(32));
const otherSecret = mintSecret(randomBytes(32));
const log = vi.spyOn(console, "log").mockReturnValue();
let folder: string;
let engine: DynamoDb;
let handler: (event: Event) => Promise<{ statusCode: number }>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hookcast-lambda-"));
  engine = await startDynamoDb({ path: join(folder, "tables"), ...openToAll });
  await engine.provideTable({
    TableName: "Inbox",
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  });
  Object.assign(process.env, {
    ...{ SECRET: secret, INBOX_TABLE: "Inbox", AWS_ENDPOINT_URL_DYNAMODB: engine.url },
    ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  });
  const example = join(folder, "lambda");
  await cp(join(root, "examples/lambda"), example, { recursive: true });
  await installClient(join(example, "node_modules/@hookcast/client"));
  await mkdir(join(example, "node_modules/@aws-sdk"));
  const client = "node_modules/@aws-sdk/client-dynamodb";
  await symlink(join(root, client), join(example, client));
  ({ handler } = await import(join(example, "receiver.js")));
});

afterAll(async () => {
  await engine?.close();
  await rm(folder, { recursive: true, force: true });
});

/** As Lambda passes a request on: text as it is, anything else as base64. */
function eventOf({ headers, body }: OutgoingRequest, isBase64Encoded = false): Event {
  return { headers, body: body.toString(isBase64Encoded ? "base64" : "utf8"), isBase64Encoded };
}

test.for(forgedDeliveries(secret, otherSecret))(
  "examples/lambda refuses a delivery: %s",
  async ([, delivery]) => {
    expect(await handler(eventOf(delivery))).toEqual({ statusCode: 400 });
  },
);

test("examples/lambda stores what is genuine, and what comes again only once", async () => {
  log.mockClear();
  const [first, ...others] = genuineDeliveries(secret, otherSecret);
  for (const [, delivery] of first ? [first, ...others] : []) {
    expect(await handler(eventOf(delivery))).toEqual({ statusCode: 204 });
  }
  const said = log.mock.calls.map((words) => words.join(" "));
  expect(said).toEqual([`stored ${messageId}`, ...others.map(() => `seen before ${messageId}`)]);
});

test("examples/lambda verifies bytes that are no text", async () => {
  const payload = { kind: "binary", base64: "/wD+/w==" } as const;
  const delivery = sampleDelivery({ secrets: [secret], format: "raw", payload });
  expect(await handler(eventOf(delivery, true))).toEqual({ statusCode: 204 });
});

test("examples/lambda lets the delivery come again when it cannot be stored", async () => {
  await engine.close();
  const genuine = sampleDelivery({ secrets: [secret] });
  await expect(handler(eventOf(genuine))).rejects.toThrow();
});
