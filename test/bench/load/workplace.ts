import { randomUUID } from "node:crypto";
import { putWebhook } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { outboxRows, sender } from "../cost/aws-meter.ts";
import { noWork, type Work, worked } from "../cost/measured-work.ts";
import { type MeteredRun, startMeteredRun } from "../cost/metered-run.ts";
import { orderEvent } from "../cost/order-event.ts";
import { plus, type Usage } from "../cost/usage.ts";

/** Publishes and delivers on a paused service, and tells what each step has cost. */
export interface Workplace extends AsyncDisposable {
  /** One message to each of the first so many webhooks, or all of them to the first. */
  publish(count: number, to?: "each its own" | "one"): Promise<Work>;
  /** One message to so many more webhooks, each of which has a filter on its value that matches. */
  publishFiltered(webhooks: number): Promise<Work>;
  /** One batch of so many messages, all to the first webhook. */
  publishBatch(count: number): Promise<Work>;
  /** The same two by the publish URL. */
  publishByUrl(count: number): Promise<Work>;
  publishBatchByUrl(count: number): Promise<Work>;
  /** Sends bodies to the ingest queue, which are accepted in batches of so many; to the first webhook or each its own. */
  ingest(wanted: IngestJob): Promise<Ingested>;
  /** Writes rows to the outbox, to the first webhook, which are accepted in batches of so many. */
  publishFromOutbox(count: number, fill: number): Promise<FromOutbox>;
  /** One batch of so many deliveries, all made at once. */
  deliver(queue: "Delivery" | "Retry", count: number): Promise<Work>;
  /** The time that a function waits is to be had here alone. */
  atAwsPace: MeteredRun["atAwsPace"];
  /** While this runs, the first webhook answers 503. */
  whileFailing<Result>(work: () => Promise<Result>): Promise<Result>;
}

export interface IngestJob {
  count: number;
  sent: "by ten" | "one by one";
  /** How many the function gets at a time. */
  fill: number;
  to: "each its own" | "one";
}

export interface Ingested {
  /** What the function and its event source did. */
  accepted: Work;
  /** What the calls to send cost, whoever makes them. */
  sent: Usage;
}

export interface FromOutbox extends Ingested {
  /** The part of `accepted` that reads and deletes the rows. */
  rows: Usage;
}

const cacheName = "shop";
const filteredTopic = "filtered";
/** As many as a batch can hold, each with a topic of its own. */
const webhookCount = 10;

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
    const { webhookId } = await putWebhook(run.call, {
      cacheName,
      webhookName: `hook-${n}`,
      topicName: `t${n}`,
      postUrl,
    });
    await prove(run, webhookId);
  }
  let published = 0;
  const value = () => {
    published += 1;
    return orderEvent(published);
  };
  const post = async (path: string, body: string, call = run.call) => {
    const answer = await call({ method: "POST", path, body });
    if (answer.status !== 202) throw new Error(`a publish was answered ${answer.status}`);
  };

  const batchOf = (count: number) => {
    const entries = Array.from({ length: count }, () => `{"value":${value()}}`);
    return `{"messages":[${entries.join(",")}]}`;
  };
  const byUrl = "publishByUrl";

  const parts = opened.move();
  return {
    publish: (count, to = "each its own") =>
      worked(
        run,
        receiver,
        { functionName: "publish", invocations: count, counted: count },
        async () => {
          for (let n = 0; n < count; n += 1) await post(topicPath(to === "one" ? 0 : n), value());
        },
      ),
    async publishFiltered(webhooks) {
      const filter = { value: { object: ["order"], note: [null, { exists: false }] } };
      for (let n = 0; n < webhooks; n += 1) {
        const path = `/api/v1/caches/${cacheName}/webhooks/filtered-${n}`;
        const destination = { postUrl: `${receiver.url}/filtered` };
        const body = { destination, topicName: filteredTopic, config: { filter } };
        const { status } = await run.call({ method: "PUT", path, body });
        if (status !== 201) throw new Error(`a put was answered ${status}`);
      }
      const job = { functionName: "publish", invocations: 1, counted: 1 };
      const path = `/api/v1/caches/${cacheName}/topics/${filteredTopic}`;
      return worked(run, receiver, job, () => post(path, value()));
    },
    publishBatch: (count) =>
      worked(run, receiver, { functionName: "publishBatch", invocations: 1 }, async () => {
        await post(`${topicPath(0)}/batch`, batchOf(count));
      }),
    publishByUrl: (count) =>
      worked(
        run,
        receiver,
        { functionName: byUrl, invocations: count, counted: count },
        async () => {
          for (let n = 0; n < count; n += 1) await post(topicPath(n), value(), run.callByUrl);
        },
      ),
    publishBatchByUrl: (count) =>
      worked(run, receiver, { functionName: byUrl, invocations: 1 }, async () => {
        await post(`${topicPath(0)}/batch`, batchOf(count), run.callByUrl);
      }),
    async ingest({ count, sent: way, fill, to }) {
      const before = run.usageOf(sender);
      const messages = Array.from({ length: count }, (_, n) => ({
        ...{ cacheName, topicName: `t${to === "one" ? 0 : n}`, json: value() },
      }));
      await run.send(messages, way);
      const sent = plus(run.usageOf(sender), before, -1);
      let accepted: Work = noWork;
      for (let done = 0; done < count; done += fill) {
        const job = { functionName: "ingest", invocations: 1, counted: fill, isPolled: true };
        const batch = await worked(run, receiver, job, () => run.deliver("Ingest", fill));
        accepted = plus(accepted, batch);
      }
      return { accepted, sent };
    },
    async publishFromOutbox(count, fill) {
      const before = run.usageOf(sender);
      const rowsBefore = run.usageOf(outboxRows);
      const rows = Array.from({ length: count }, () => ({
        ...{ id: randomUUID(), time: new Date().toISOString() },
        ...{ cacheName, topicName: "t0", value: value() },
      }));
      await run.writeToOutbox(rows);
      const sent = plus(run.usageOf(sender), before, -1);
      let accepted: Work = noWork;
      for (let done = 0; done < count; done += fill) {
        const ids = rows.slice(done, done + fill).map(({ id }) => id);
        const job = { functionName: "outbox", invocations: 1, counted: fill };
        accepted = plus(accepted, await worked(run, receiver, job, () => run.ringOutbox(ids)));
      }
      return { accepted, sent, rows: plus(run.usageOf(outboxRows), rowsBefore, -1) };
    },
    deliver(queue, count) {
      const job = { functionName: "deliver", invocations: 1, isPolled: true, rounds: 1 };
      return worked(run, receiver, job, () => run.deliver(queue, count));
    },
    atAwsPace: run.atAwsPace,
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

/** A test event that is answered fast: the webhook's first attempts are made in the first lane from then on. */
async function prove({ call }: MeteredRun, webhookId: string): Promise<void> {
  const path = `/api/v1/Webhooks/${webhookId}/test`;
  // A key may send one a second.
  await eventually(async () => (await call({ method: "POST", path })).status === 200);
}

function topicPath(n: number): string {
  return `/api/v1/caches/${cacheName}/topics/t${n}`;
}
