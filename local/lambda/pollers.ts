import { accountId } from "../aws/arn.ts";
import type { SecretOf } from "../aws/secrets.ts";
import type { EventSource } from "../template/event-sources.ts";
import type { Stack } from "../template/stack.ts";
import { createPoller } from "./event-source.ts";
import type { Functions } from "./functions.ts";
import type { Log } from "./log-lines.ts";
import { openQueue } from "./queue-client.ts";

interface PollersOptions {
  sqsUrl: string;
  secretOf: SecretOf;
  stack: Stack;
  functions: Pick<Functions, "invoke" | "ready">;
  log: Log;
}

/** Starts every event source, or fails, as its deployment would, when a function may not read its queue. */
export async function startPollers(
  eventSources: EventSource[],
  { sqsUrl, secretOf, stack, functions, log }: PollersOptions,
): Promise<{ stop: () => Promise<void> }> {
  const pollers = await Promise.all(
    eventSources.map(async (source) => {
      const queueName = source.queueArn.split(":").at(-1);
      const owner = stack.functions.find(({ name }) => name === source.functionName);
      const accessKeyId = owner?.logicalId ?? source.functionName;
      const queue = openQueue({
        endpoint: sqsUrl,
        queueUrl: `${sqsUrl}/${accountId}/${queueName}`,
        credentials: { accessKeyId, secretAccessKey: secretOf(accessKeyId) },
      });
      await queue.check().catch((cause: Error) => {
        throw new Error(`${source.logicalId}: ${cause.message}`, { cause });
      });
      return createPoller({ source, queue, functions, log });
    }),
  );
  for (const poller of pollers) poller.start();
  return { stop: async () => void (await Promise.all(pollers.map((poller) => poller.stop()))) };
}
