import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { connect } from "../../ops/connect.ts";
import { dynamoDb } from "../../shared/aws/clients.ts";
import type { DeliveryJob } from "../../shared/contract/jobs.ts";
import { windowStartMs } from "../../shared/domain/messages/operational-event.ts";
import { openSuppressedEvents } from "../../shared/store/messages/operational-events.ts";
import { openSlotStore } from "../../shared/store/waiting/slot-store.ts";
import { openDueStore, openParkStore } from "../../shared/store/waiting/waiting-jobs.ts";
import { issue } from "../support/network/certificates.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { operate } from "./operate.ts";
import { rowsAbout } from "./rows.ts";
import { startService } from "./service.ts";
import { settle, type Tenant } from "./tenant.ts";

const Certified = z.object({ response: z.object({ webhookId: z.string() }) });
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
const service = await startService();
const gone = await inhabit("gone");
const kept = await inhabit("kept");
const run = (program: string, ...args: string[]) => operate(program, args, service.operatorEnv);

/** What a program prints that is to succeed; why it did not is in the error. */
async function output(program: string, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(program, ...args);
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

/** A tenant of whom something also waits for its time and behind a breaker. */
async function inhabit(cacheName: string): Promise<Tenant> {
  const tenant = await settle(service.root, receiver, cacheName);
  Object.assign(process.env, service.operatorEnv);
  connect();
  const later = Date.now() + 3_600_000;
  await openDueStore().add(waitingJob(tenant), later);
  const expiresAt = Math.ceil(later / 1000);
  const parked = { job: waitingJob(tenant), notBeforeMs: later, endMs: later, expiresAt };
  await openParkStore().addAll([parked]);
  const rate = { howMany: 1, perSecond: 1, fromMs: later, untilMs: later, countsRest: true };
  await openSlotStore().reserve(waitingJob(tenant).webhookId, rate);
  const { cert, key } = issue(cacheName);
  const certified = await service.root({
    method: "PUT",
    path: `/api/v1/caches/${cacheName}/webhooks/certified`,
    body: {
      destination: { postUrl: "https://receiver.example/" },
      topicName: "certified",
      config: { clientCertificate: { certificatePem: cert, privateKeyPem: key } },
    },
  });
  const { webhookId } = Certified.parse(certified.body).response;
  const counts = { failed: 3, disabled: 0, recovered: 0, limited: 0 };
  await openSuppressedEvents().add({ cacheName, startMs: windowStartMs(later), counts });
  return { ...tenant, ids: [...tenant.ids, webhookId] };
}

function waitingJob({ params }: Tenant): DeliveryJob {
  const {
    webhookId = "",
    webhookName = "",
    cacheName = "",
    topicName = "",
    messageId = "",
  } = params;
  const facts = { event: null, productId: null, contentType: "text/plain", publishedTimeMs: 0 };
  const message = { ...facts, messageId, cacheName, topicName, keyId: "key", sequenceNumber: null };
  return { v: 1, webhookId, webhookName, generation: 1, attempt: 3, message };
}

async function rowsOf({ ids, params: { cacheName = "" } }: Tenant) {
  return rowsAbout([cacheName, ...ids], await service.readRows());
}

test("an export holds every row of the cache with its values, no secret and nothing of others", async () => {
  const stdout = await output("export", "--cache", "gone", "--days", "1");
  const kind = z.string();
  const Line = z.union([
    z.object({ kind, pk: z.string(), sk: z.string() }),
    z.object({ kind: z.literal("portal session"), keyId: z.string() }),
  ]);
  const lines = stdout
    .trim()
    .split("\n")
    .map((text) => Line.parse(JSON.parse(text)));

  const exported = lines
    .map((line) => ("pk" in line ? `${line.pk} ${line.sk}` : `${line.keyId} `))
    .sort();
  const stored = (await rowsOf(gone)).map(([key]) => key.replace(/^\w+ /, "")).sort();
  expect(exported).toEqual(stored);
  expect(stdout).toContain(JSON.stringify('{"mark":"value-of-gone-same-topic"}'));
  expect(stdout).toContain("BEGIN CERTIFICATE");
  expect(stdout).not.toMatch(/sealed|whsec_|PRIVATE KEY/);
  for (const text of ["kept", ...kept.marks]) expect(stdout).not.toContain(text);
});

test("a dry run counts and deletes nothing", async () => {
  const before = await service.readRows();
  const stdout = await output("erase", "--cache", "gone", "--days", "1", "--dry-run");
  expect(stdout).toMatch(/^would erase: .*webhook 3/);
  expect(stdout).toMatch(/message 2/);
  expect(await service.readRows()).toEqual(before);
});

test("erasing a message leaves nothing of it, and everything else", async () => {
  const { cacheName, messageId = "" } = gone.params;
  const before = await service.readRows();
  const about = rowsAbout([messageId], before);
  const stdout = await output("erase", "--message", `${cacheName}/${messageId}`);
  expect(stdout).toMatch(/^erased: message 1, due delivery 1, parked delivery 1, delivery 1$/m);

  const after = await service.readRows();
  expect(rowsAbout([messageId], after)).toEqual([]);
  expect(about.length).toBe(4);
  expect(after.size).toBe(before.size - about.length);
});

test("erasing a cache leaves nothing of it, and everything of others", async () => {
  const others = await rowsOf(kept);
  const stdout = await output("erase", "--cache", "gone", "--days", "1");
  expect(stdout).toMatch(/^erased: .*certificate notice 2, .*webhook 3/);
  expect(await rowsOf(gone)).toEqual([]);
  expect(await rowsOf(kept)).toEqual(others);

  const again = await output("erase", "--cache", "gone", "--days", "1");
  expect(again).toBe("erased: nothing\n");
});

test.each([
  [["--cache", ""]],
  [[]],
  [["--cache", "kept", "--message", "kept/msg_01JDZ4W3K8H5N2P7Q9R4S6T1VX"]],
  [["--message", "msg_01JDZ4W3K8H5N2P7Q9R4S6T1VX"]],
  [["--message", "kept/whk_01JDZ4W3K8H5N2P7Q9R4S6T1VX"]],
  [["--cache", "kept", "--days", "soon"]],
])("erase %j is refused before anything is touched", async (args) => {
  const { exitCode, stdout, stderr } = await run("erase", ...args);
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("usage:");
});

test("rows that wait in the outbox are exported and erased with their cache, and no others", async () => {
  const TableName = service.operatorEnv.OutboxTable ?? "";
  const put = (id: string, cacheName: string) =>
    dynamoDb.call("PutItem", {
      TableName,
      // Without a time they are refused, and stay.
      Item: { id: { S: id }, cacheName: { S: cacheName }, value: { S: `"of ${cacheName}"` } },
    });
  await Promise.all([put("row-1", "left"), put("row-2", "right")]);
  const stdout = await output("export", "--cache", "left", "--days", "1");
  expect(stdout).toContain("of left");
  expect(stdout).not.toContain("of right");
  const erased = await output("erase", "--cache", "left", "--days", "1");
  expect(erased).toMatch(/erased: .*outbox row 1/);
  const { Items = [] } = await dynamoDb.call("Scan", { TableName });
  expect(Items.map(({ id }) => id?.S)).toEqual(["row-2"]);
});
