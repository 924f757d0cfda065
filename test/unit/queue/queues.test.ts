import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sqs } from "../../../shared/aws/clients.ts";
import { groupOf } from "../../../shared/domain/breaker/slowness.ts";
import {
  openDeadLetterQueue,
  openDeliveryQueue,
  openFanOutQueue,
  openLaneQueues,
  openRecoverQueue,
  openRetryQueue,
} from "../../../shared/queue/queues.ts";
import { answerCalls } from "../aws/client-stub.ts";
import { factsWith, jobWith, webhookId } from "../samples.ts";

interface Input {
  QueueUrl: string;
  Entries: { Id: string; MessageBody: string; MessageGroupId?: string; DelaySeconds?: number }[];
}

beforeEach(() => {
  for (const name of ["NEWCOMER", "SLOW", "RETRY", "FAN_OUT", "RECOVER", "DEAD_LETTER"]) {
    vi.stubEnv(`${name}_QUEUE_URL`, `http://127.0.0.1/000000000000/${name}`);
  }
  vi.stubEnv("DELIVERY_QUEUE_URLS", "http://127.0.0.1/000000000000/DELIVERY");
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function accepting(): Input[] {
  return answerCalls<Input>(sqs, () => ({}));
}

const fanOutJob = { v: 1, message: factsWith(), after: "billing" } as const;

const group = groupOf(factsWith().cacheName, webhookId);

test("sends first attempts grouped by cache, so that one cannot starve the others", async () => {
  const inputs = accepting();
  expect(await openDeliveryQueue().send([jobWith()])).toEqual([]);
  const [{ QueueUrl, Entries: [entry] = [] } = { QueueUrl: "" }] = inputs;
  expect(QueueUrl).toMatch(/DELIVERY$/);
  expect(entry).toMatchObject({ MessageGroupId: group });
  expect(JSON.parse(entry?.MessageBody ?? "")).toEqual(jobWith());
});

test("sends a further attempt to the retry queue, after its delay", async () => {
  const inputs = accepting();
  const job = jobWith({ attempt: 2 });
  expect(await openRetryQueue().send([{ job, delaySeconds: 17 }])).toEqual([]);
  expect(inputs).toMatchObject([
    {
      QueueUrl: expect.stringMatching(/RETRY$/),
      Entries: [{ MessageGroupId: group, DelaySeconds: 17 }],
    },
  ]);
});

test("sends first attempts at newcomers and slow receivers to queues of their own, at once", async () => {
  const inputs = accepting();
  const { newcomer, slow } = openLaneQueues();
  expect([await newcomer.send([jobWith()]), await slow.send([jobWith()])]).toEqual([[], []]);
  expect(inputs).toMatchObject([
    { QueueUrl: expect.stringMatching(/NEWCOMER$/), Entries: [{ MessageGroupId: group }] },
    { QueueUrl: expect.stringMatching(/SLOW$/), Entries: [{ MessageGroupId: group }] },
  ]);
});

const cacheName = "orders";

test("groups a cache's fan-out jobs, recovery steps and ticks as its deliveries are", async () => {
  const inputs = accepting();
  await openFanOutQueue().send([{ ...fanOutJob, message: factsWith({ cacheName }) }]);
  const step = { v: 1, webhookId, jobId: `job_${webhookId.slice(4)}`, step: 1 } as const;
  await openRecoverQueue().send({ ...step, cacheName }, 0);
  await openRetryQueue().sendBreakerTimer(
    { v: 1, webhookId, cacheName, webhookName: "a", tick: 1 },
    0,
  );
  const groups = inputs.map(({ Entries }) => Entries[0]?.MessageGroupId);
  const ofCache = groupOf(cacheName, webhookId);
  expect(groups).toEqual([groupOf(cacheName, factsWith().messageId), ofCache, ofCache]);
});

test("sends on a recovery step of an earlier version, which does not know its cache", async () => {
  const inputs = accepting();
  const step = { v: 1, webhookId, jobId: `job_${webhookId.slice(4)}`, step: 1 } as const;
  await openRecoverQueue().send(step, 0);
  expect(JSON.parse(inputs[0]?.Entries[0]?.MessageBody ?? "")).toEqual(step);
});

test("sends a dead letter as it came", async () => {
  const inputs = accepting();
  await openDeadLetterQueue().send("{not json");
  expect(inputs).toMatchObject([
    { QueueUrl: expect.stringMatching(/DEAD_LETTER$/), Entries: [{ MessageBody: "{not json" }] },
  ]);
});

test("answers the jobs, not the texts, that a queue refused", async () => {
  answerCalls<Input>(sqs, () => ({ Failed: [{ Id: "0" }] }));
  const job = jobWith();
  expect(await openDeliveryQueue().send([job])).toEqual([job]);
  expect(await openLaneQueues().slow.send([job])).toEqual([job]);
  expect(await openRetryQueue().send([{ job, delaySeconds: 0 }])).toEqual([job]);
  expect(await openFanOutQueue().send([fanOutJob])).toEqual([fanOutJob]);
});

test("carries what SQS does not, escaped", async () => {
  const inputs = accepting();
  const text = "\ufffe\uffff\0\ud800 9007199254740993";
  const job = jobWith({ payload: { kind: "text", text } });
  await openDeliveryQueue().send([job]);
  await openFanOutQueue().send([{ ...fanOutJob, payload: { kind: "text", text } }]);
  for (const { Entries } of inputs) {
    const body = Entries[0]?.MessageBody ?? "";
    expect(body).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd]*$/);
    expect(JSON.parse(body).payload.text).toBe(text);
  }
});

test.each([
  ["whole addresses", "http://127.0.0.1/0/A,http://127.0.0.1/0/B,http://127.0.0.1/0/C"],
  ["an address and names", "http://127.0.0.1/0/A,B,C"],
])(
  "spreads webhooks over the delivery queues, each always over the same one: %s",
  async (_, urls) => {
    vi.stubEnv("DELIVERY_QUEUE_URLS", urls);
    const inputs = accepting();
    const ids = Array.from({ length: 40 }, (_, n) => `whk_${String(n).padStart(26, "0")}`);
    for (let round = 0; round < 2; round += 1) {
      await openDeliveryQueue().send(ids.map((id) => jobWith({ webhookId: id })));
    }
    const queuesOf = new Map<string, Set<string>>();
    for (const { QueueUrl, Entries } of inputs) {
      for (const { MessageBody } of Entries) {
        const { webhookId: id } = JSON.parse(MessageBody);
        queuesOf.set(id, (queuesOf.get(id) ?? new Set()).add(QueueUrl));
      }
    }
    expect(queuesOf.size).toBe(ids.length);
    expect([...queuesOf.values()].every((queues) => queues.size === 1)).toBe(true);
    expect(new Set([...queuesOf.values()].flatMap((queues) => [...queues]))).toEqual(
      new Set(["A", "B", "C"].map((name) => `http://127.0.0.1/0/${name}`)),
    );
  },
);
