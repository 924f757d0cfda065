import { appendFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test, vi } from "vitest";
import { type DynamoDb, startDynamoDb } from "../../local/dynamodb/start.ts";
import { openMasterKey } from "../../local/kms/master-key.ts";
import { writeOperatorFile } from "../../local/operator.ts";
import { type Sqs, startSqs } from "../../local/sqs/start.ts";
import { openToAll } from "../support/service/engine-access.ts";
import { mountSmallDisk, type SmallDisk } from "../support/service/small-disk.ts";
import { clientConfig } from "./credentials.ts";
import { createTable } from "./dynamodb/client.ts";
import { createQueue, receive, send } from "./sqs/client.ts";

const otherEmulator = process.env.CONFORMANCE_DYNAMODB_URL ?? process.env.CONFORMANCE_SQS_URL;

/** Larger than a page of the disk, so that the last write before it is full is torn. */
const payload = "x".repeat(7_000);

async function smallDisk(skip: (reason: string) => never): Promise<SmallDisk> {
  if (otherEmulator) return skip("needs the embedded engines on a disk of its own");
  const disk = await mountSmallDisk(8);
  if (typeof disk === "string") {
    console.log(`skipped: ${disk}`);
    return skip(disk);
  }
  onTestFinished(() => disk[Symbol.asyncDispose]());
  return disk;
}

async function dynamoOn(disk: SmallDisk): Promise<{ engine: DynamoDb; client: DynamoDBClient }> {
  const engine = await startDynamoDb({ path: join(disk.path, "dynamodb"), ...openToAll });
  const client = new DynamoDBClient(clientConfig(engine.url));
  onTestFinished(() => client.destroy());
  return { engine, client };
}

function put(client: DynamoDBClient, TableName: string, sk: string) {
  const Item = { pk: { S: "one" }, sk: { S: sk }, payload: { S: payload } };
  return client.send(new PutItemCommand({ TableName, Item }));
}

async function sortKeys(client: DynamoDBClient, TableName: string): Promise<string[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: "one" } },
      ProjectionExpression: "sk",
    }),
  );
  return Items.map(({ sk }) => sk?.S ?? "");
}

/** What the engines say on stderr. */
function stderrLines(): string[] {
  const lines: string[] = [];
  const spy = vi.spyOn(console, "error").mockImplementation((...values: unknown[]) => {
    lines.push(values.map(String).join(" "));
  });
  onTestFinished(() => spy.mockRestore());
  return lines;
}

test("has every item that was accepted after the disk was full and had room again", async ({
  skip,
}) => {
  const disk = await smallDisk(skip);
  const lines = stderrLines();
  const before = await dynamoOn(disk);
  const TableName = await createTable(before.client);
  await put(before.client, TableName, "a");
  disk.fill();
  for (let n = 0; n < 5; n += 1) {
    await expect(put(before.client, TableName, `refused-${n}`)).rejects.toThrow(/embedded engine/i);
  }
  // What there is can still be read.
  const Key = { pk: { S: "one" }, sk: { S: "a" } };
  expect((await before.client.send(new GetItemCommand({ TableName, Key }))).Item).toBeDefined();
  disk.makeRoom();
  for (const sk of ["b", "c", "d"]) await put(before.client, TableName, sk);
  await before.engine.close();

  const after = await dynamoOn(disk);
  onTestFinished(() => after.engine.close());
  expect(await sortKeys(after.client, TableName)).toEqual(["a", "b", "c", "d"]);
  expect(lines.filter((line) => /No space left/.test(line))).toHaveLength(1);
  expect(lines.join("\n")).toMatch(/accepted again/);
});

test("keeps accepting through several times without room", async ({ skip }) => {
  const disk = await smallDisk(skip);
  stderrLines();
  const before = await dynamoOn(disk);
  const TableName = await createTable(before.client);
  const accepted: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (let n = 0; n < 20; n += 1) {
      accepted.push(`${round}-${String(n).padStart(2, "0")}`);
      await put(before.client, TableName, accepted.at(-1) ?? "");
    }
    disk.fill();
    await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => put(before.client, TableName, `refused-${n}`)),
    );
    disk.makeRoom();
  }
  await put(before.client, TableName, "last");
  await before.engine.close();
  const after = await dynamoOn(disk);
  onTestFinished(() => after.engine.close());
  expect(await sortKeys(after.client, TableName)).toEqual([...accepted, "last"]);
});

test("tells at the start of what a damaged file cost", async ({ skip }) => {
  const disk = await smallDisk(skip);
  const before = await dynamoOn(disk);
  const TableName = await createTable(before.client);
  await put(before.client, TableName, "a");
  await before.engine.close();
  await damageLog(join(disk.path, "dynamodb"));
  const lines = stderrLines();
  const after = await dynamoOn(disk);
  onTestFinished(() => after.engine.close());
  expect(lines).toEqual([expect.stringMatching(/dropped \d+ bytes.*damaged/)]);
});

async function damageLog(folder: string): Promise<void> {
  const log = (await readdir(folder)).find((name) => name.endsWith(".log")) ?? "";
  await appendFile(join(folder, log), Buffer.alloc(40_000, 7));
}

async function sqsOn(disk: SmallDisk): Promise<{ engine: Sqs; client: SQSClient }> {
  const engine = await startSqs({ path: join(disk.path, "sqs.sqlite"), ...openToAll });
  const client = new SQSClient(clientConfig(engine.url));
  onTestFinished(() => client.destroy());
  return { engine, client };
}

test("has every message that was accepted after the disk was full and had room again, and no other", async ({
  skip,
}) => {
  const disk = await smallDisk(skip);
  stderrLines();
  const before = await sqsOn(disk);
  const queue = await createQueue(before.client);
  await send(before.client, queue, `a ${payload}`);
  disk.fill();
  // Until the pages that the journal holds in memory are too many for it, too.
  const refused = await Promise.allSettled(
    Array.from({ length: 200 }, () => send(before.client, queue, `refused ${payload.repeat(10)}`)),
  );
  expect(refused.some(({ status }) => status === "rejected")).toBe(true);
  const acceptedMeanwhile = refused.filter(({ status }) => status === "fulfilled").length;
  disk.makeRoom();
  await send(before.client, queue, `b ${payload}`);
  await before.engine.close();
  const after = await sqsOn(disk);
  onTestFinished(() => after.engine.close());
  const QueueName = queue.slice(queue.lastIndexOf("/") + 1);
  const url = (await after.client.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? "";
  const found = await receive(after.client, url, { MaxNumberOfMessages: 10 });
  expect(found.length).toBe(2 + acceptedMeanwhile);
});

test("makes no half key on a full disk", async ({ skip }) => {
  const disk = await smallDisk(skip);
  const keyFile = join(disk.path, "kms.key");
  disk.fill();
  await expect(openMasterKey(keyFile)).rejects.toThrow(/ENOSPC/);
  disk.makeRoom();
  expect(await openMasterKey(keyFile)).toHaveLength(32);
});

test("keeps a file whose new text the disk has no room for", async ({ skip }) => {
  const disk = await smallDisk(skip);
  const file = join(disk.path, "operator.json");
  await writeOperatorFile(disk.path, { run: "first" });
  disk.fill();
  await expect(writeOperatorFile(disk.path, { run: "second" })).rejects.toThrow(/ENOSPC/);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ run: "first" });
  disk.makeRoom();
  await writeOperatorFile(disk.path, { run: "third" });
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ run: "third" });
});
