import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { putWebhook, subscribe } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { api } from "../support/service/api.ts";
import { synthesize } from "../support/service/assembly.ts";
import { startLocalRun } from "../support/service/local-run.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const parentId = "00f067aa0ba902b7";
const traceparent = `00-${traceId}-${parentId}-01`;

async function tracedAssembly(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-traced-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return synthesize(folder, { tracing: true, retryScheduleSeconds: [1] });
}

test("one trace leads from a publish to every attempt, a replay included", async () => {
  await using run = await startLocalRun({ template: await tracedAssembly() });
  await using receiver = await startReceiver({
    handler: () => ({ status: receiver.deliveries.length === 1 ? 500 : 200 }),
  });
  const call = api(run.url, run.key);
  const topic = { cacheName: "c", topicName: "t" };
  const { webhookId, path } = await subscribe(call, receiver, { ...topic, webhookName: "w" });

  const headers = { traceparent, tracestate: "rojo=1" };
  await call({ method: "POST", path: "/api/v1/caches/c/topics/t", body: {}, headers });
  await eventually(() => receiver.deliveries.length === 2);
  const [{ messageId } = { messageId: "" }] = receiver.deliveries;
  await eventually(async () => {
    const log = `/api/v1/Webhooks/${webhookId}/deliveries`;
    const { body } = await call({ method: "GET", path: `${log}?status=delivered` });
    return JSON.stringify(body).includes(messageId);
  });
  const replay = `/api/v1/Webhooks/${webhookId}/deliveries/${messageId}/retry`;
  expect((await call({ method: "POST", path: replay })).status).toBe(202);
  await eventually(() => receiver.deliveries.length === 3);

  const sent = receiver.deliveries.map(
    (delivery) => delivery.headers.traceparent?.split("-") ?? [],
  );
  expect(sent.map(([version, id, , flags]) => [version, id, flags])).toEqual(
    Array(3).fill(["00", traceId, "01"]),
  );
  expect(new Set([parentId, ...sent.map(([, , parent]) => parent)]).size).toBe(4);
  expect(
    receiver.deliveries.map((each) => [each.path, each.refusal, each.headers.tracestate]),
  ).toEqual(Array(3).fill([path, undefined, "rojo=1"]));
});

test("messages of callers without a trace each begin one; a batch begins one for all", async () => {
  await using run = await startLocalRun({ template: await tracedAssembly() });
  await using receiver = await startReceiver();
  const call = api(run.url, run.key);
  const postUrl = `${receiver.url}/w`;
  await putWebhook(call, { cacheName: "c", webhookName: "w", topicName: "t", postUrl });
  const path = "/api/v1/caches/c/topics/t";
  const ids = () =>
    receiver.deliveries.map(({ headers }) => headers.traceparent?.split("-")[1] ?? "none");

  await call({ method: "POST", path, body: {} });
  await call({ method: "POST", path, body: {} });
  await eventually(() => ids().length === 2);
  const body = { messages: [{ value: 1 }, { value: 2 }] };
  await call({ method: "POST", path: `${path}/batch`, body });
  await eventually(() => ids().length === 4);
  expect(new Set(ids()).size).toBe(3);
  for (const id of ids()) expect(id).toMatch(/^[0-9a-f]{32}$/);
});
