import * as z from "zod/mini";
import type { AwsCall } from "../../aws/server.ts";
import type { Broker } from "../broker.ts";
import { parsedInput } from "../parsed-input.ts";
import { PageInput, queuePage } from "../queues/queue-page.ts";

const Input = z.extend(PageInput, { QueueNamePrefix: z._default(z.string(), "") });

export function listQueues(broker: Broker, call: AwsCall): object {
  const input = parsedInput(Input, call.input);
  const names = [...broker.queues.keys()].filter((name) => name.startsWith(input.QueueNamePrefix));
  const { urls, next } = queuePage(broker, names, input);
  return { ...(urls.length > 0 && { QueueUrls: urls }), ...next };
}
