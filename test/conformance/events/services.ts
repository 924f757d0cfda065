import { join } from "node:path";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll } from "vitest";
import { queueArn } from "../../../local/aws/arn.ts";
import { type Sqs, startSqs } from "../../../local/sqs/start.ts";
import { openToAll } from "../../support/service/engine-access.ts";
import { clientConfig } from "../credentials.ts";
import { makeTemporaryFolder } from "../temporary-folder.ts";

export interface QueuesUnderTest {
  sqs: Sqs;
  /** Everything that is in a queue, which is then empty. */
  drain(queueName: string): Promise<{ body: string; attributes: Record<string, unknown> }[]>;
}

/** For all tests of a file: two queues, one for what the other refuses. */
export function startQueues(): QueuesUnderTest {
  // Filled before the first test begins.
  const queues = {} as QueuesUnderTest;
  let close: () => Promise<void> = async () => {};
  beforeAll(async () => {
    const folder = await makeTemporaryFolder();
    const sqs = await startSqs({ path: join(folder.path, "sqs.sqlite"), ...openToAll });
    await sqs.provideQueue({ QueueName: "orders", MaximumMessageSize: 2048 });
    await sqs.provideQueue({ QueueName: "refused" });
    const client = new SQS(clientConfig(sqs.url));
    queues.sqs = sqs;
    queues.drain = async (name) => {
      const { QueueUrl } = await client.getQueueUrl({ QueueName: name });
      const { Messages = [] } = await client.receiveMessage({
        ...{ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] },
      });
      await client.purgeQueue({ QueueUrl });
      return Messages.map(({ Body = "", MessageAttributes = {} }) => ({
        body: Body,
        attributes: MessageAttributes,
      }));
    };
    close = async () => {
      client.destroy();
      await sqs.close();
      await folder.remove();
    };
  });
  afterAll(() => close());
  return queues;
}

export const orders = queueArn("orders");
export const refused = queueArn("refused");
