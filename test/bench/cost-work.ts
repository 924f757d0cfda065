import { putWebhook } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { assumptions } from "./cost-assumptions.ts";
import { type MeteredRun, type QueueName, startMeteredRun } from "./metered-run.ts";
import { orderEvent } from "./order-event.ts";
import { noUsage, plus, type Usage } from "./usage.ts";

/** All that AWS bills of a piece of work. */
export interface Work extends Usage {
  invocations: number;
  cpuMs: number;
  /** For AWS and for receivers, by assumption. */
  waitMs: number;
  logBytes: number;
  egressBytes: number;
}

export const noWork: Readonly<Work> = {
  ...noUsage,
  invocations: 0,
  cpuMs: 0,
  waitMs: 0,
  logBytes: 0,
  egressBytes: 0,
};

/** Publishes and delivers on a paused service, and tells what each step has cost. */
export interface Workplace extends AsyncDisposable {
  /** One message to each of the first so many webhooks. */
  publish(count: number): Promise<Work>;
  /** One batch of so many messages, all to the first webhook. */
  publishBatch(count: number): Promise<Work>;
  /** One batch of so many deliveries; those to one webhook are made five at a time. */
  deliver(queue: QueueName, count: number, webhooks?: "each its own" | "one"): Promise<Work>;
  /** While this runs, the first webhook answers 503. */
  whileFailing<Result>(work: () => Promise<Result>): Promise<Result>;
}

const cacheName = "shop";
/** As many as a batch can hold, each with a topic of its own. */
const webhookCount = 10;
/** To one webhook, from one environment. */
const mostInFlight = 5;
/** The event source's own: it receives and deletes. */
const pollerCalls = 2;

export async function openWorkplace(assembly: string): Promise<Workplace> {
  await using opened = new AsyncDisposableStack();
  let isFailing = false;
  const receiver = opened.use(
    await startReceiver({
      handler: ({ path }) => ({ status: isFailing && path === "/0" ? 503 : 200 }),
    }),
  );
  const run = opened.use(await startMeteredRun(assembly));
  for (let n = 0; n < webhookCount; n += 1) {
    const postUrl = `${receiver.url}/${n}`;
    await putWebhook(run.call, {
      cacheName,
      webhookName: `hook-${n}`,
      topicName: `t${n}`,
      postUrl,
    });
  }
  let published = 0;
  const value = () => {
    published += 1;
    return orderEvent(published);
  };
  const post = async (path: string, body: string) => {
    const answer = await run.call({ method: "POST", path, body });
    if (answer.status !== 202) throw new Error(`a publish was answered ${answer.status}`);
  };

  const parts = opened.move();
  return {
    publish: (count) =>
      worked(run, receiver, { functionName: "publish", invocations: count }, async () => {
        for (let n = 0; n < count; n += 1) await post(topicPath(n), value());
      }),
    publishBatch: (count) =>
      worked(run, receiver, { functionName: "publishBatch", invocations: 1 }, async () => {
        const entries = Array.from({ length: count }, () => `{"value":${value()}}`);
        await post(`${topicPath(0)}/batch`, `{"messages":[${entries.join(",")}]}`);
      }),
    deliver(queue, count, webhooks = "each its own") {
      const rounds = webhooks === "one" ? Math.ceil(count / mostInFlight) : 1;
      const job = { functionName: "deliver", invocations: 1, rounds };
      return worked(run, receiver, job, async () => void (await run.deliver(queue, count)));
    },
    async whileFailing(work) {
      isFailing = true;
      try {
        return await work();
      } finally {
        isFailing = false;
      }
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

function topicPath(n: number): string {
  return `/api/v1/caches/${cacheName}/topics/t${n}`;
}

interface Job {
  functionName: string;
  /** Each writes one line. */
  invocations: number;
  /** How often receivers are waited for, one time after the other. */
  rounds?: number;
}

/** What the function has used more after the work than before. */
async function worked(
  run: MeteredRun,
  { deliveries }: Receiver,
  { functionName, invocations, rounds = 0 }: Job,
  work: () => Promise<void>,
): Promise<Work> {
  const usageBefore = run.usageOf(functionName);
  const cpuMsBefore = await run.cpuMsOf(functionName);
  const linesBefore = run.linesOf(functionName).length;
  const postsBefore = deliveries.length;
  await work();
  const lines = await eventually(() => {
    const written = run.linesOf(functionName).slice(linesBefore);
    return written.length >= invocations ? written : undefined;
  });
  const usage = plus(run.usageOf(functionName), usageBefore, -1);
  const ownCalls = usage.calls - (rounds > 0 ? pollerCalls : 0);
  return {
    ...usage,
    invocations,
    cpuMs: (await run.cpuMsOf(functionName)) - cpuMsBefore,
    waitMs: ownCalls * assumptions.callMs + rounds * assumptions.receiverMs,
    logBytes: sum(lines.map((line) => Buffer.byteLength(line) + assumptions.bytesPerLogLine)),
    egressBytes: sum(deliveries.slice(postsBefore).map(postBytes)),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** A POST on the wire. */
function postBytes({ path, headers, body }: Receiver["deliveries"][number]): number {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
  return Buffer.byteLength(head) + body.length + assumptions.tlsBytesPerPost;
}
