import { accountId } from "../aws/arn.ts";
import type { SecretOf } from "../aws/secrets.ts";
import type { DirectClient } from "../direct/direct-client.mjs";
import type { EventSource } from "../template/event-sources.ts";
import type { Stack } from "../template/stack.ts";
import type { Endpoints } from "./environment.ts";
import { createPoller } from "./event-source.ts";
import type { Functions } from "./functions.ts";
import type { Log } from "./log-lines.ts";
import { openQueue } from "./queue-client.ts";
import { openStream } from "./stream-client.ts";
import { createStreamPoller } from "./stream-poller.ts";

interface PollersOptions {
  endpoints: Pick<Endpoints, "sqs" | "dynamodb">;
  secretOf: SecretOf;
  direct: DirectClient;
  stack: Stack;
  functions: Pick<Functions, "invoke" | "ready">;
  log: Log;
}

/** Starts every event source, or fails, as its deployment would, when a function may not read it. */
export async function startPollers(
  eventSources: EventSource[],
  { endpoints, secretOf, direct, stack, functions, log }: PollersOptions,
): Promise<{ stop: () => Promise<void> }> {
  const credentialsOf = ({ functionName }: { functionName: string }) => {
    const owner = stack.functions.find(({ name }) => name === functionName);
    const accessKeyId = owner?.logicalId ?? functionName;
    return { accessKeyId, secretAccessKey: secretOf(accessKeyId) };
  };
  const ofQueues = eventSources.map(async (source) => {
    const queueName = source.queueArn.split(":").at(-1);
    const queue = openQueue({
      endpoint: endpoints.sqs,
      direct,
      queueUrl: `${endpoints.sqs}/${accountId}/${queueName}`,
      credentials: credentialsOf(source),
    });
    await checked(source, queue.check);
    return createPoller({ source, queue, functions, log });
  });
  const ofStreams = stack.streamSources.map(async (source) => {
    const { streamArn } = source;
    const credentials = credentialsOf(source);
    const stream = openStream({ endpoint: endpoints.dynamodb, direct, streamArn, credentials });
    await checked(source, stream.begin);
    return createStreamPoller({ source, stream, functions, log });
  });
  const pollers = await Promise.all([...ofQueues, ...ofStreams]);
  for (const poller of pollers) poller.start();
  return { stop: async () => void (await Promise.all(pollers.map((poller) => poller.stop()))) };
}

async function checked(
  { logicalId }: { logicalId: string },
  check: () => Promise<unknown>,
): Promise<void> {
  await check().catch((cause: Error) => {
    throw new Error(`${logicalId}: ${cause.message}`, { cause });
  });
}
