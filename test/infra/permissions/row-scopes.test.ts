import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keys } from "../../../shared/store/keys.ts";
import { type Principals, startPrincipals } from "./principals.ts";

let principals: Principals;
beforeAll(async () => {
  principals = await startPrincipals();
});
afterAll(() => principals[Symbol.asyncDispose]());

const keyId = "key_01JDB2Q5V8K3M4N6P7R8S9TAVW";

/** What becomes of a call: nothing, or the name of the error. */
async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "done",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

test.each(["ApiAuthorize", "ApiPublishByUrl"])(
  "%s cannot make a key, give one more rights, or bring a revoked one back",
  async (name) => {
    const authorizer = principals.as(name);
    const TableName = principals.table("StorageApiKeys");
    const update = (id: string) =>
      new UpdateItemCommand({
        TableName,
        Key: { keyId: { S: id } },
        UpdateExpression: "SET #hash = :hash",
        ExpressionAttributeNames: { "#hash": "hash" },
        ExpressionAttributeValues: { ":hash": { S: "ab".repeat(32) } },
      });
    expect(await outcome(authorizer.send(update(keyId)))).toBe("AccessDeniedException");
    expect(await outcome(authorizer.send(update(`xuse/${keyId}`)))).toBe("AccessDeniedException");
    for (const id of [keyId, `use/${keyId}`]) {
      const put = new PutItemCommand({ TableName, Item: { keyId: { S: id } } });
      expect(await outcome(authorizer.send(put))).toBe("AccessDeniedException");
    }
    const scan = new ScanCommand({ TableName });
    expect(await outcome(authorizer.send(scan))).toBe("AccessDeniedException");
    const get = new GetItemCommand({ TableName, Key: { keyId: { S: keyId } } });
    expect(await authorizer.send(get)).not.toHaveProperty("Item");
    expect(await outcome(authorizer.send(update(`use/${keyId}`)))).toBe("done");
  },
);

test("what is about portal sessions reaches sessions, and neither keys nor their uses", async () => {
  const TableName = principals.table("StorageApiKeys");
  const sessionId = "ses_01JDB2Q5V8K3M4N6P7R8S9TAVW";
  const calls = {
    ApiCreatePortalSession: (id: string) =>
      new PutItemCommand({ TableName, Item: { keyId: { S: id } } }),
    ApiGetPortal: (id: string) => new GetItemCommand({ TableName, Key: { keyId: { S: id } } }),
    ApiDeletePortalSession: (id: string) =>
      new DeleteItemCommand({ TableName, Key: { keyId: { S: id } } }),
  };
  for (const functionId of Object.keys(calls) as (keyof typeof calls)[]) {
    const client = principals.as(functionId);
    const send = (id: string) => outcome(client.send(calls[functionId](id) as GetItemCommand));
    expect([functionId, await send(sessionId)]).toEqual([functionId, "done"]);
    for (const id of [keyId, `use/${keyId}`, `x${sessionId}`]) {
      expect([functionId, await send(id)]).toEqual([functionId, "AccessDeniedException"]);
    }
    for (const other of Object.keys(calls).filter((name) => name !== functionId)) {
      const call = calls[other as keyof typeof calls](sessionId) as GetItemCommand;
      expect(await outcome(client.send(call))).toBe("AccessDeniedException");
    }
  }
});

const webhookId = "whk_01JDB2Q5V8K3M4N6P7R8S9TAVW";

/** A row of each kind that lies in the table of webhooks. */
const webhookRows = {
  webhook: keys.webhook("orders", "billing"),
  former: keys.former("orders", "paid", webhookId),
  cache: keys.cache("orders"),
  webhookCount: keys.webhookCount("orders"),
  webhookId: keys.webhookId(webhookId),
  subscription: keys.subscription("orders", "paid", "billing"),
  version: keys.settings(webhookId, 1),
  signingKeys: keys.signingKeys("orders"),
  topicFlags: keys.topicFlags("orders", "paid"),
  eventType: keys.eventType("paid", "invoice.paid"),
  eventTypeVersion: keys.eventTypeVersion("paid", "invoice.paid", 1),
  eventTypeEntry: keys.eventTypeEntry("paid", "invoice.paid"),
  health: keys.health(webhookId),
  breaker: keys.breaker(webhookId),
  unwell: keys.unwell("orders", "billing"),
  unwellCache: keys.unwellCache("orders"),
  slots: keys.slots(webhookId),
  token: keys.token(webhookId),
  certificateNotice: keys.certificateNotice(1, webhookId, 30),
  heartbeat: keys.heartbeat,
  suspensions: keys.suspensions,
  cacheMark: keys.cacheMark("orders"),
  slowCount: keys.slowCount("orders", 1),
  dataKey: keys.dataKey(2),
  currentDataKey: keys.currentDataKey,
};

const settings = ["webhook", "webhookCount", "subscription", "topicFlags"];
const health = ["health", "breaker"];
const catalogue = ["eventType", "eventTypeVersion", "eventTypeEntry"];
/** Counted on, and never written whole. */
const counts = ["cacheMark", "slowCount", "slots", "token"];

/** Which of them a function may write at all; a function that is not here may write none. */
const writers: Record<string, string[]> = {
  // A new webhook, and one at another URL, has yet to show that it is fast.
  ApiPutWebhook: [
    ...settings,
    ...["former", "version", "webhookId", "signingKeys", "dataKey", ...health, "cache"],
    "certificateNotice",
  ],
  ApiDeleteWebhook: [...settings, "former", "version", "webhookId"],
  ApiRotateWebhookSecret: [...settings, "version", ...health],
  ApiUpdateWebhookDetails: [
    ...settings,
    ...["version", "signingKeys", "certificateNotice", ...health],
  ],
  ApiCreateWebhook: [
    ...settings,
    ...["version", "webhookId", "signingKeys", "dataKey", "health", "cache", "certificateNotice"],
  ],
  ApiRotateSigningKey: ["signingKeys", "dataKey"],
  // A fast answer to a test is that proof.
  ApiTestWebhook: health,
  ApiResumeWebhook: health,
  ApiUpdateWebhookStatus: [...settings, "version", ...health],
  ApiPutEventType: catalogue,
  ApiImportEventTypes: catalogue,
  ApiSuspendCache: ["suspensions"],
  ApiResumeCache: ["suspensions", ...health],
  WorkersDeliver: [...settings, "version", ...health, "heartbeat"],
};

test("nobody writes which data key seals, and rows of webhooks only who must", async () => {
  const TableName = principals.table("StorageWebhooks");
  for (const functionId of principals.functionIds) {
    const client = principals.as(functionId);
    const mayPut = [];
    for (const [kind, { pk, sk }] of Object.entries(webhookRows)) {
      const put = new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: sk } } });
      if ((await outcome(client.send(put))) === "done") mayPut.push(kind);
    }
    expect([functionId, mayPut.sort()]).toEqual([
      functionId,
      (writers[functionId] ?? []).toSorted(),
    ]);
  }
});

const index = ["unwell", "unwellCache"];

test("the index of webhooks that are not ok is added to by what changes health, and by nobody else", async () => {
  const TableName = principals.table("StorageWebhooks");
  for (const functionId of principals.functionIds) {
    const client = principals.as(functionId);
    const mayWrite = [];
    for (const [kind, { pk, sk }] of Object.entries(webhookRows)) {
      const write = { PutRequest: { Item: { pk: { S: pk }, sk: { S: sk } } } };
      const batch = new BatchWriteItemCommand({ RequestItems: { [TableName]: [write] } });
      if ((await outcome(client.send(batch))) === "done") mayWrite.push(kind);
    }
    // Who opens a breaker, or makes a webhook inactive.
    const addsTo = writers[functionId]?.includes("breaker") && functionId !== "ApiResumeCache";
    expect([functionId, mayWrite]).toEqual([functionId, addsTo ? index : []]);
  }
});

test("what sweeps takes rows out of that index and what it has told, and no others", async () => {
  const TableName = principals.table("StorageWebhooks");
  const sweep = principals.as("WorkersSweep");
  for (const [kind, { pk, sk }] of Object.entries(webhookRows)) {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    const deleted = await outcome(sweep.send(new DeleteItemCommand({ TableName, Key })));
    expect([kind, deleted]).toEqual([
      kind,
      [...index, "certificateNotice"].includes(kind) ? "done" : "AccessDeniedException",
    ]);
  }
});

test("what delivers takes no webhook away and changes none in part", async () => {
  const TableName = principals.table("StorageWebhooks");
  const deliver = principals.as("WorkersDeliver");
  for (const [kind, { pk, sk }] of Object.entries(webhookRows)) {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    const deleted = await outcome(deliver.send(new DeleteItemCommand({ TableName, Key })));
    expect([kind, deleted]).toEqual([
      kind,
      health.includes(kind) ? "done" : "AccessDeniedException",
    ]);
    const update = new UpdateItemCommand({ TableName, Key });
    const isCounted = counts.includes(kind);
    expect([kind, await outcome(deliver.send(update))]).toEqual([
      kind,
      isCounted ? "done" : "AccessDeniedException",
    ]);
  }
});
