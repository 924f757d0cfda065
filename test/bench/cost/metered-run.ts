import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQS } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import { createQueuePublisher, type QueuedMessage } from "../../../client/queue-publisher.ts";
import { localRegion, queueArn } from "../../../local/aws/arn.ts";
import { callAws } from "../../../local/aws-call.ts";
import { devKey } from "../../../local/dev-key.ts";
import { startHost } from "../../../local/host.ts";
import { succeeded } from "../../../local/lambda/batch-response.ts";
import { openQueue } from "../../../local/lambda/queue-client.ts";
import { sqsEvent } from "../../../local/lambda/sqs-event.ts";
import { startAwsProxy } from "../../faults/run/aws-proxy.ts";
import { isCalled } from "../../faults/run/injector.ts";
import { root } from "../../support/process/program.ts";
import { type Api, api } from "../../support/service/api.ts";
import { operatorCredentials } from "../../support/service/engine-access.ts";
import { type AwsMeter, createAwsMeter } from "./aws-meter.ts";
import { readIndexes } from "./dynamodb-input.ts";

/** The queues, with the functions that read them. */
const readers = { Delivery: "deliver", Retry: "deliver", Ingest: "ingest" } as const;
export type QueueName = keyof typeof readers;

/** A paused service: what is published waits until a batch of exactly so many is handed to `deliver`. */
export interface MeteredRun extends AsyncDisposable {
  call: Api;
  /** The same by the publish URL. */
  callByUrl: Api;
  usageOf: AwsMeter["usageOf"];
  atAwsPace: AwsMeter["atAwsPace"];
  /** Milliseconds of CPU that the function has used so far. */
  cpuMsOf(functionName: string): Promise<number>;
  /** The lines that the function has written so far. */
  linesOf(functionName: string): string[];
  /** Sends bodies to the ingest queue, ten to a call or each alone. */
  send(bodies: readonly QueuedMessage[], way: "by ten" | "one by one"): Promise<void>;
  /** Does what the event source does: receive, invoke, delete. */
  deliver(queue: QueueName, count: number): Promise<void>;
  /** Writes rows to the outbox, each in a transaction of its own, as is done beside a row of the caller's. */
  writeToOutbox(rows: readonly OutboxRow[]): Promise<void>;
  /** Does what the outbox's event source does, which reads the stream for nothing: invoke with the rows' keys. */
  ringOutbox(ids: readonly string[]): Promise<void>;
}

/** Texts by their names. */
export type OutboxRow = Readonly<
  Record<"id" | "time" | "cacheName" | "topicName" | "value", string>
>;

const Queues = z.object({ QueueUrls: z.array(z.string()) });
const waitSeconds = 10;

export async function startMeteredRun(assembly: string): Promise<MeteredRun> {
  await using started = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), "hookcast-meter-"));
  started.defer(() => rm(dataDir, { recursive: true, force: true }));
  const meter = createAwsMeter(await readIndexes(assembly));
  const lines: string[] = [];
  let [sqsUrl, dynamoDbUrl] = ["", ""];
  const host = await startHost({
    assembly,
    dataDir,
    port: 0,
    log: (line) => lines.push(line),
    intercept: async ({ dynamodb, sqs, kms }, secretOf) => {
      sqsUrl = started.use(
        await startAwsProxy({ service: "sqs", url: sqs, secretOf }, meter.sqs),
      ).url;
      dynamoDbUrl = started.use(
        await startAwsProxy({ service: "dynamodb", url: dynamodb, secretOf }, meter.dynamoDb),
      ).url;
      return { dynamodb: dynamoDbUrl, sqs: sqsUrl, kms };
    },
  });
  started.defer(host.close);

  const names = Object.keys(await host.functions());
  const idOf = (functionName: string) => {
    const id = names.find((name) => isCalled(name, functionName));
    if (!id) throw new Error(`there is no function ${functionName}`);
    return id;
  };
  const credentials = operatorCredentials(host.operatorEnv);
  const listQueues = { endpoint: sqsUrl, service: "sqs", target: "AmazonSQS.ListQueues" };
  const { QueueUrls } = Queues.parse(await callAws({ ...listQueues, credentials }, {}));
  const urlOf = (name: QueueName) => {
    const isIt = new RegExp(`/Queues${name}Queue[0-9A-F]{8}$`);
    const queueUrl = QueueUrls.find((url) => isIt.test(url));
    if (!queueUrl) throw new Error(`there is no queue ${name}`);
    return queueUrl;
  };
  const queueOf = (name: QueueName) => {
    // The proxy signs anew, in the same name.
    const ofFunction = { ...credentials, accessKeyId: idOf(readers[name]) };
    return openQueue({ endpoint: sqsUrl, queueUrl: urlOf(name), credentials: ofFunction });
  };
  const sqs = new SQS({ endpoint: sqsUrl, region: localRegion, credentials });
  started.defer(async () => sqs.destroy());
  const call = api(host.url, await devKey(join(root, "ops/keys.ts"), dataDir, host.operatorEnv));
  const callByUrl: Api = (request) => {
    const { pathname } = new URL(host.functionUrl ?? host.url);
    return call({ ...request, path: pathname + request.path.slice(1) });
  };

  const parts = started.move();
  return {
    call,
    callByUrl,
    usageOf: meter.usageOf,
    atAwsPace: meter.atAwsPace,
    cpuMsOf: async (name) => (await host.functions())[idOf(name)]?.cpuMs ?? 0,
    linesOf: (name) => {
      const prefix = `[${idOf(name)}] `;
      return lines
        .filter((line) => line.startsWith(prefix))
        .map((line) => line.slice(prefix.length));
    },
    async send(bodies, way) {
      const { publish } = createQueuePublisher({ queueUrl: urlOf("Ingest"), sqs });
      if (way === "by ten") await Promise.all(bodies.map((body) => publish(body)));
      else for (const body of bodies) await publish(body);
    },
    async deliver(name, count) {
      const queue = queueOf(name);
      const messages = await queue.receive(count, waitSeconds, AbortSignal.timeout(30_000));
      if (messages.length !== count) throw new Error(`${messages.length} of ${count} were there`);
      const queueName = urlOf(name).slice(urlOf(name).lastIndexOf("/") + 1);
      const event = sqsEvent(messages, queueArn(queueName));
      const done = succeeded(messages, await host.invoke(idOf(readers[name]), event));
      if (done.length > 0) await queue.delete(done);
    },
    async writeToOutbox(rows) {
      const target = "DynamoDB_20120810.TransactWriteItems";
      const api = { endpoint: dynamoDbUrl, service: "dynamodb", target, credentials };
      for (const row of rows) {
        const Item = Object.fromEntries(Object.entries(row).map(([name, S]) => [name, { S }]));
        const Put = { TableName: host.operatorEnv.OutboxTable, Item };
        await callAws(api, { TransactItems: [{ Put }] });
      }
    },
    async ringOutbox(ids) {
      const Records = ids.map((id) => ({ dynamodb: { Keys: { id: { S: id } } } }));
      await host.invoke(idOf("outbox"), { Records });
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
