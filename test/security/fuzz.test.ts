import fc from "fast-check";
import { Pool } from "undici";
import { afterAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { editedAssembly } from "../support/service/edited-assembly.ts";
import { type HostileRequest, hostileRequests } from "./hostile-requests.ts";
import { bodyFor, guarded, pathWith, routeOf } from "./requests.ts";
import { type Rows, rowsAbout } from "./rows.ts";
import { startService } from "./service.ts";
import { settle } from "./tenant.ts";

/** Printed, and taken from the environment, so that a run can be had again. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** At least: a slow machine takes longer until it has refused something of every operation. */
const fuzzMs = 15_000;

const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
// To read 10 MB may take a busy machine longer than a function has; only the gateway's own timeout counts here.
const template = await editedAssembly((resources) => {
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type === "AWS::Lambda::Function") Object.assign(Properties ?? {}, { Timeout: 60 });
  }
}, afterAll);
const service = await startService({ template });
const { params } = await settle(service.root, receiver, "fuzz");
// Nothing may go on behind an answer while rows are compared, so nobody listens to what is published.
const active = await service.root({ method: "GET", path: "/api/v1/caches/fuzz/webhooks" });
for (const id of JSON.stringify(active.body).match(/whk_\w+/g) ?? []) {
  const path = `/api/v1/Webhooks/${id}/status`;
  await service.root({ method: "PUT", path, body: { webhookStatus: "inactive" } });
}
const key = await service.makeKey({ caches: ["fuzz"] });

// Not fetch, which would tidy up the very paths that matter here.
const pool = new Pool(service.url, { connections: 4, headersTimeout: 60_000 });
afterAll(() => pool.destroy());

async function send({ method, target, headers, body }: Omit<HostileRequest, "operationId">) {
  const sent = { authorization: `Bearer ${key}`, ...headers };
  const response = await pool.request({ method, path: target, headers: sent, body: body ?? null });
  return { status: response.statusCode, text: await response.body.text() };
}

/** What differs, by key alone: values may be long. */
function changes(before: Rows, after: Rows): string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((row) => before.get(row) !== after.get(row));
}

test(`no request breaks an operation, and none that is refused changes a row (seed ${seed})`, async () => {
  await send({
    method: "GET",
    target: "/api/v1/caches/fuzz/webhooks",
    headers: {},
    body: undefined,
  });
  // A key's first use is written behind the answer, where that takes long.
  let rows = await eventually(async () => {
    const found = await service.readRows();
    const about = rowsAbout([key.split("_")[1] ?? ""], found);
    return about.some(([, row]) => row.includes("lastUsedTimeMs")) ? found : undefined;
  });
  const seen = new Map<string, number>();
  const topic = { ...params, topicName: "nobody-listens" };
  const property = fc.asyncProperty(hostileRequests(topic), async ({ operationId, ...request }) => {
    const { status, text } = await send(request);
    seen.set(
      `${operationId} ${status < 300}`,
      (seen.get(`${operationId} ${status < 300}`) ?? 0) + 1,
    );
    expect([status, text.slice(0, 200)]).toEqual([
      expect.toSatisfy((code) => code < 500),
      expect.anything(),
    ]);
    const after = await service.readRows();
    if (status >= 400) expect(changes(rows, after)).toEqual([]);
    rows = after;
  });
  console.log(`fuzz seed ${seed}`);
  const isEachRefused = () => guarded.every((operationId) => seen.has(`${operationId} false`));
  const endMs = performance.now() + fuzzMs;
  for (let round = 0; performance.now() < endMs || !isEachRefused(); round += 1) {
    await fc.assert(property, { seed: seed + round, numRuns: 100, endOnFailure: true });
  }
  console.log(
    [...seen]
      .map(([what, count]) => `${what} ${count}`)
      .sort()
      .join(", "),
  );
});

const megabyte = 1024 * 1024;
const bulk = {
  "6 MB of garbage": Buffer.alloc(6 * megabyte, "}{\0"),
  "6 MB of a string": Buffer.from(`"${"a".repeat(6 * megabyte - 2)}"`),
  "5 MB of nesting": Buffer.from("[".repeat(5 * megabyte)),
  "4 MB of keys": Buffer.from(
    `{${Array.from({ length: 300_000 }, (_, n) => `"key${n}":0`).join()}}`,
  ),
  "4 MB of numbers": Buffer.from(`{"messages":[${"1,".repeat(2 * megabyte - 50)}1]}`),
  "10 MB": Buffer.alloc(10 * megabyte, "a"),
};

test.each(guarded.filter((operationId) => routeOf(operationId).body !== undefined))(
  "%s survives bodies as large as the gateway lets through",
  async (operationId) => {
    const { method, path } = routeOf(operationId);
    const target = pathWith(path, { ...params, topicName: "nobody-listens" });
    const before = await service.readRows();
    for (const [name, body] of Object.entries(bulk)) {
      const headers = { "content-type": "application/json" };
      const { status } = await send({ method, target, headers, body });
      expect([name, status]).toEqual([name, expect.toSatisfy((code) => code >= 400 && code < 500)]);
    }
    expect(changes(before, await service.readRows())).toEqual([]);
    const good = JSON.stringify(bodyFor(operationId, params));
    const headers = { "content-type": "application/json" };
    expect((await send({ method, target, headers, body: good })).status).toBeLessThan(500);
  },
);

test("no function ran out of memory, failed, or told of a bug", () => {
  expect(service.log()).not.toMatch(/out of memory|heap limit|request\.failed|exit status/i);
});
