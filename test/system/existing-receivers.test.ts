import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { momentoSignature } from "../../shared/domain/signature.ts";
import { type Api, api } from "../support/api.ts";
import { subscribe } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free-port.ts";
import { type LocalRun, startLocalRun } from "../support/local-run.ts";
import { startFile } from "../support/program.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { codeBlock, codeBlocks, readDocument } from "./code-blocks.ts";

const [, momento = "", thredd = ""] = readDocument("docs/existing-receivers.md").split(
  /^## (?:Momento|Thredd)$/m,
);

const Put = z.object({
  response: z.object({
    secretString: z.string(),
    webhook: z.object({ webhookId: z.string(), config: z.unknown() }),
  }),
});
const Published = z.object({ response: z.object({ messageId: z.string() }) });
const Updated = z.object({ response: z.object({ events: z.unknown(), config: z.unknown() }) });

let service: LocalRun;
let call: Api;
let witness: Receiver;

beforeAll(async () => {
  service = await startLocalRun();
  call = api(service.url, service.key);
  witness = await startReceiver();
});

afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await witness?.[Symbol.asyncDispose]();
});

test("a receiver written for Momento goes on as the page says", async () => {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}/`;
  const [put = "", publish = ""] = codeBlocks(momento, "bash");
  const { secretString } = Put.parse(await typed(put, { RECEIVER: url })).response;
  const file = join(service.dataDir, "momento.mjs");
  await writeFile(file, codeBlock(momento, "js"));
  await using receiver = startFile(file, [], { SECRET: secretString, PORT: port });
  await eventually(() => fetch(url, { method: "POST" }));
  const copy = { cacheName: "chat", webhookName: "copy", topicName: "room-281" };
  const { path } = await subscribe(call, witness, { ...copy, format: "momento" });

  const { messageId } = Published.parse(await typed(publish)).response;
  await eventually(() => receiver.stdout().includes("room-281 Here I am!!"));
  const { body } = await eventually(() => witness.find(path, messageId));
  expect(withoutChance(body.toString())).toBe(withoutChance(codeBlock(momento, "text")));

  const post = (publish_timestamp: number, secret: string) => {
    const body = JSON.stringify({ publish_timestamp, topic: "room-281", text: "forged" });
    const headers = { "momento-signature": momentoSignature(secret, Buffer.from(body)) };
    return fetch(url, { method: "POST", body, headers }).then(({ status }) => status);
  };
  expect(await post(Date.now(), secretString)).toBe(200);
  expect(await post(Date.now(), "whsec_")).toBe(403);
  expect(await post(Date.now() - 61_000, secretString)).toBe(403);
});

test("a receiver written for Thredd goes on as the page says", async () => {
  const RECEIVER = `${witness.url}/fraud`;
  const [put = "", publish = "", update = ""] = codeBlocks(thredd, "bash");
  const { secretString, webhook } = Put.parse(await typed(put, { RECEIVER })).response;
  witness.trust("/fraud", secretString);

  const { messageId } = Published.parse(await typed(publish)).response;
  const delivery = await eventually(() => witness.find("/fraud", messageId));
  expect(delivery.refusal).toBeUndefined();
  expect(delivery.headers).toMatchObject({ header1: "value_1", header2: "value_2" });
  expect(withoutChance(delivery.body.toString())).toBe(withoutChance(codeBlock(thredd, "text")));

  const answer = await typed(update, { RECEIVER, WEBHOOK_ID: webhook.webhookId });
  expect(Updated.parse(answer).response).toMatchObject({
    events: [101, 102, 103],
    config: { format: "thredd", customHeader: { header1: "value_1", header2: "value_3" } },
  });
});

/** What a command of the page answers when it is typed after the tour of the README. */
async function typed(command: string, variables: Record<string, string> = {}): Promise<unknown> {
  const tour = { API: `${service.url}/api/v1`, AUTH: `authorization: Bearer ${service.key}` };
  const env = { ...process.env, ...tour, ...variables };
  const { stdout } = await promisify(execFile)("bash", ["--norc", "-c", command], { env });
  return JSON.parse(stdout);
}

/** Times and ids are the only difference between an example and what really arrives. */
function withoutChance(body: string): string {
  return body
    .trim()
    .replaceAll(/\b\d{13}\b/g, "<milliseconds>")
    .replaceAll(/\bkey_\w{26}\b/g, "<key>")
    .replaceAll(/"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/g, "<uuid>")
    .replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, "<time>");
}
