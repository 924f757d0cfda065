import http from "node:http";
import https from "node:https";
import type { SQSClientConfig } from "@aws-sdk/client-sqs";
import { ConnectionError, HookcastError } from "../../client/errors.ts";
import type { BatchMessage } from "../../client/publish-batch.ts";
import { createQueuePublisher, type QueuedMessage } from "../../client/queue-publisher.ts";
import { maxMessageBytes } from "../../shared/contract/message.ts";
import { Failure } from "../output/failure.ts";
import type { SendLines } from "./batch.ts";
import { localRunOf } from "./local-run.ts";

interface Topic {
  readonly cacheName: string;
  readonly topicName: string;
}

/** An ingest queue: what SQS has, the service accepts later. */
export interface IngestQueue {
  publish(message: QueuedMessage): Promise<{ sqsMessageId: string }>;
  /** Sends lines to one topic, ten to a call. */
  linesTo(topic: Topic): SendLines;
}

/** Opens a queue with the AWS SDK, which is there only where somebody has installed it. */
export async function openIngestQueue(queueUrl: string): Promise<IngestQueue> {
  const { SQS } = await import("@aws-sdk/client-sqs").catch(noSdk);
  // The SDK's own agents know nothing of the proxy that the environment names; nor do a namespace's exports.
  const requestHandler = { httpAgent: http.globalAgent, httpsAgent: https.globalAgent };
  const sqs = new SQS({ ...configFor(queueUrl), requestHandler });
  await sqs.config.region().catch(noRegion);
  await sqs.config.credentials().catch(noCredentials);
  const publisher = createQueuePublisher({ queueUrl, sqs });
  const explained = (error: unknown) => Promise.reject(explain(error, queueUrl));
  return {
    publish: (message) => publisher.publish(message).catch(explained),
    linesTo: (topic) => async (messages) => {
      const outcomes = await Promise.allSettled(
        messages.map((message) =>
          isTooLarge(message) ? tooLarge() : publisher.publish(toQueued(topic, message)),
        ),
      );
      const results = outcomes.map((outcome) =>
        outcome.status === "fulfilled" ? outcome.value : { error: refusalOf(outcome.reason) },
      );
      const unclear = outcomes.flatMap((outcome) =>
        outcome.status === "rejected" && outcome.reason instanceof ConnectionError
          ? [outcome.reason]
          : [],
      );
      if (unclear.length === 0) return { results };
      // Where a call went well or got no answer, nobody may say that nothing was sent.
      const failures = unclear.map((error) => explain(error, queueUrl));
      const isNothingSent = outcomes.every(({ status }) => status === "rejected");
      const isSettled = isNothingSent && failures.every(isRefusal);
      throw isSettled ? failures[0] : unreachable(unclear[0], queueUrl);
    },
  };
}

const awsHost = /(?:^|\.)sqs(?:-fips)?\.([\w-]+)\.(?:(?:vpce\.)?amazonaws\.com(?:\.cn)?|api\.aws)$/;
const olderAwsHost = /^([\w-]+)\.queue\.amazonaws\.com$/;

/** The region that the address names; else that of the usual variables and files. */
export function configFor(queueUrl: string): SQSClientConfig {
  const { origin, hostname } = addressOf(queueUrl);
  const local = localRunOf(origin);
  if (local) return { endpoint: origin, ...local };
  const [, region] = awsHost.exec(hostname) ?? olderAwsHost.exec(hostname) ?? [];
  return { endpoint: origin, ...(region !== undefined && { region }) };
}

function addressOf(queueUrl: string): URL {
  const url = URL.parse(queueUrl);
  if (url && /^https?:$/.test(url.protocol) && url.pathname.split("/").length > 2) return url;
  const advice = "The stack's output IngestQueue has it: https://sqs.<region>.amazonaws.com/…";
  throw new Failure("usage", "--queue is not the address of a queue", { advice });
}

function noSdk(error: NodeJS.ErrnoException): never {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  const advice = "Install it beside hookcast: `npm install @aws-sdk/client-sqs`.";
  throw new Failure("usage", "--queue needs the package @aws-sdk/client-sqs", { advice });
}

function noRegion(): never {
  const advice = "Set AWS_REGION, or a region in your AWS profile.";
  throw new Failure("usage", "the address of the queue names no region", { advice });
}

function noCredentials(): never {
  const advice =
    "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. For a local run, call " +
    "this where its folder is, or set HOOKCAST_DATA_DIR.";
  throw new Failure("usage", "there are no AWS credentials", { advice });
}

function toQueued(topic: Topic, message: BatchMessage): QueuedMessage {
  const { event, productId } = message;
  return { ...topic, ...message, event: event ?? undefined, productId: productId ?? undefined };
}

/** SQS would take it, and the service would put it aside. */
function isTooLarge({ json, text, bytes, value }: BatchMessage): boolean {
  const content = bytes ?? json ?? text ?? JSON.stringify(value) ?? "";
  return Buffer.byteLength(content) > maxMessageBytes;
}

async function tooLarge(): Promise<never> {
  throw new Failure("usage", `a message has at most ${maxMessageBytes} bytes`);
}

function refusalOf(error: unknown): { code?: string; message: string } {
  const code = error instanceof HookcastError ? error.code : undefined;
  return { message: Object(error).message, ...(code !== undefined && { code }) };
}

function explain(error: unknown, queueUrl: string): unknown {
  if (error instanceof HookcastError)
    return new Failure("refused", error.message, { code: error.code });
  if (!(error instanceof ConnectionError)) return error;
  const { name, message, $metadata } = Object(error.cause);
  const status = Number($metadata?.httpStatusCode);
  if (!(status >= 400 && status < 500)) return unreachable(error, queueUrl);
  const text = `SQS refused it: ${[name, message].filter(Boolean).join(": ")}`;
  if (status !== 403) return new Failure("refused", text);
  const advice = "A role needs `sqs:SendMessage` on the queue.";
  return new Failure("notAllowed", text, { advice });
}

function isRefusal(error: unknown): boolean {
  return error instanceof Failure && error.exit !== "unreachable";
}

function unreachable(error: ConnectionError | undefined, queueUrl: string): Failure {
  const { code, name, message } = Object(error?.cause);
  const why = code ?? (message ? `${name}: ${message}` : error?.message);
  return new Failure("unreachable", `${new URL(queueUrl).origin} gave no answer: ${why}`, {
    advice: "The message may have been sent. With --idempotency-key you can publish it again.",
  });
}
