import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { DeliveryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
import { deliveryKey, keys } from "../../../shared/store/keys.ts";
import { operatorCredentials } from "../../support/service/engine-access.ts";
import type { AwsCall } from "./aws-proxy.ts";
import { entriesOf, withoutDelay } from "./faults.ts";

/** Beginnings of the names that the queues have in the stack. */
export type QueueName =
  | "QueuesDeliveryQueue"
  | "QueuesDeliveryDeadLetters"
  | "QueuesNewcomerQueue"
  | "QueuesSlowQueue"
  | "QueuesRetryQueue"
  | "QueuesRetryDeadLetters"
  | "QueuesFanOutQueue"
  | "QueuesFanOutDeadLetters"
  | "QueuesRecoverQueue"
  | "QueuesRecoverDeadLetters"
  | "QueuesIngestQueue"
  | "QueuesIngestDeadLetters";

/** Looks into tables and queues with rights that no function has. */
export interface Operator {
  /** How a delivery stands, by the log. */
  headOf(webhookId: string, messageId: string): Promise<DeliveryRecord | undefined>;
  /** The numbers of the attempts from the second on that the log has. */
  laterAttempts(webhookId: string, messageId: string): Promise<number[]>;
  /** Lets the time pass that a lease lasts. */
  expireLease(webhookId: string, messageId: string): Promise<void>;
  send(queue: QueueName, body: string): Promise<void>;
  /** Sends what calls were to send, whatever has come of those; the queue hands it out at once. */
  sendAtOnce(calls: readonly AwsCall[]): Promise<void>;
  /** Loses all that the queue holds, delayed messages included. */
  purge(queue: QueueName): Promise<void>;
  /** Lets so many hours pass for the next attempt of a delivery. */
  makeLate(webhookId: string, messageId: string, hours: number): Promise<void>;
  /** The bodies of up to ten messages that wait in the queue. */
  peek(queue: QueueName): Promise<string[]>;
  /** Whether nothing waits, is delayed or is being handled in any queue that a function works off. */
  isQuiet(): Promise<boolean>;
  /** The same, but for what queues hand out later. */
  isIdle(): Promise<boolean>;
}

/** In the order in which work moves on: what leaves one queue is in the next before that is read. */
const workedOff = [
  "QueuesIngestQueue",
  "QueuesRecoverQueue",
  "QueuesFanOutQueue",
  "QueuesDeliveryQueue",
  "QueuesNewcomerQueue",
  "QueuesSlowQueue",
  "QueuesRetryQueue",
] as const;

const present = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;

const AttemptRow = z.object({ attempt: z.int() });

export async function openOperator(environment: Record<string, string>): Promise<Operator> {
  const region = "us-east-1";
  const credentials = operatorCredentials(environment);
  const {
    AWS_ENDPOINT_URL_DYNAMODB = "",
    AWS_ENDPOINT_URL_SQS = "",
    DeliveriesTable: TableName = "",
  } = environment;
  const dynamoDb = new DynamoDBClient({ region, credentials, endpoint: AWS_ENDPOINT_URL_DYNAMODB });
  const sqs = new SQSClient({ region, credentials, endpoint: AWS_ENDPOINT_URL_SQS });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const urlOf = (name: string) => {
    const url = QueueUrls.find((candidate) => new RegExp(`/${name}[0-9A-F]{8}$`).test(candidate));
    if (!url) throw new Error(`there is no queue ${name}`);
    return url;
  };

  const isQuiet = async (counted: readonly QueueAttributeName[]) => {
    for (const name of workedOff) {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ["All"] }),
      );
      if (counted.some((count) => Number(Attributes[count]) > 0)) return false;
    }
    return true;
  };

  return {
    async headOf(webhookId, messageId) {
      const Key = marshall(deliveryKey(webhookId, messageId));
      const { Item } = await dynamoDb.send(new GetItemCommand({ TableName, Key }));
      return Item && DeliveryRecord.parse(unmarshall(Item));
    },
    async laterAttempts(webhookId, messageId) {
      const { Items = [] } = await dynamoDb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: marshall({
            ":pk": keys.attempt(webhookId, messageId, 1, 1).pk,
          }),
        }),
      );
      return Items.map((item) => AttemptRow.parse(unmarshall(item)).attempt);
    },
    async expireLease(webhookId, messageId) {
      await dynamoDb.send(
        new UpdateItemCommand({
          TableName,
          Key: marshall(deliveryKey(webhookId, messageId)),
          UpdateExpression: "SET leaseUntilMs = :now",
          ExpressionAttributeValues: marshall({ ":now": Date.now() }),
        }),
      );
    },
    async purge(queue) {
      await sqs.send(new PurgeQueueCommand({ QueueUrl: urlOf(queue) }));
    },
    async makeLate(webhookId, messageId, hours) {
      await dynamoDb.send(
        new UpdateItemCommand({
          TableName,
          Key: marshall(deliveryKey(webhookId, messageId)),
          UpdateExpression: "SET nextAttemptTimeMs = nextAttemptTimeMs - :ms",
          ExpressionAttributeValues: marshall({ ":ms": hours * 3_600_000 }),
        }),
      );
    },
    async send(queue, MessageBody) {
      await sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody }));
    },
    async sendAtOnce(calls) {
      for (const { input } of calls) {
        const Entries = entriesOf(withoutDelay(input));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: String(input.QueueUrl), Entries }));
      }
    },
    async peek(queue) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf(queue),
          VisibilityTimeout: 0,
          MaxNumberOfMessages: 10,
        }),
      );
      return Messages.map(({ Body = "" }) => Body);
    },
    isQuiet: () => isQuiet([...present, "ApproximateNumberOfMessagesDelayed"]),
    isIdle: () => isQuiet(present),
  };
}
