import { SNS } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { topicArn } from "../../../local/aws/arn.ts";
import { startSns } from "../../../local/sns/start.ts";
import { openToAll } from "../../support/service/engine-access.ts";
import { clientConfig } from "../credentials.ts";
import { orders, refused, startQueues } from "./services.ts";

const queues = startQueues();
const TopicArn = topicArn("news");
const topics = [
  { arn: TopicArn, subscriptions: [{ queueArn: orders, deadLetterArn: refused }] },
  {
    arn: topicArn("both"),
    subscriptions: [
      { queueArn: orders, deadLetterArn: undefined },
      { queueArn: refused, deadLetterArn: undefined },
    ],
  },
];

let client: SNS;
let close: () => Promise<void> = async () => {};

beforeAll(async () => {
  const sns = await startSns({ ...openToAll, topics, send: queues.sqs.sendFromService });
  client = new SNS(clientConfig(sns.url));
  close = sns.close;
});
afterAll(async () => {
  client.destroy();
  await close();
});

test("hands a message to the queue as it is, with its attributes", async () => {
  const Message = '{"title": "a & b <c> größe", "n": 9007199254740993}\n';
  const { MessageId } = await client.publish({
    ...{ TopicArn, Message, Subject: "not in raw messages" },
    MessageAttributes: {
      kind: { DataType: "String", StringValue: "a=b&c" },
      bytes: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 255) },
    },
  });
  expect(MessageId).toMatch(/^[\da-f-]{36}$/);
  expect(await queues.drain("orders")).toMatchObject([
    {
      body: Message,
      attributes: {
        kind: { DataType: "String", StringValue: "a=b&c" },
        bytes: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 255) },
      },
    },
  ]);
});

test("every queue of a topic gets each message, and other topics' queues get none", async () => {
  await client.publish({ TargetArn: topicArn("both"), Message: "to both" });
  expect(await queues.drain("orders")).toMatchObject([{ body: "to both" }]);
  expect(await queues.drain("refused")).toMatchObject([{ body: "to both" }]);
});

test("publishes a batch, of which a bad entry fails alone", async () => {
  const entry = (Id: string, Message: string) => ({ Id, Message });
  const { Successful = [], Failed } = await client.publishBatch({
    TopicArn,
    PublishBatchRequestEntries: [entry("a", "1"), entry("b", ""), entry("c", "3")],
  });
  expect(Successful.map(({ Id }) => Id)).toEqual(["a", "c"]);
  expect(Failed).toMatchObject([{ Id: "b", SenderFault: true, Code: "InvalidParameter" }]);
  const bodies = (await queues.drain("orders")).map(({ body }) => body);
  expect(bodies.sort()).toEqual(["1", "3"]);
});

test("keeps what the queue refuses", async () => {
  const Message = "x".repeat(2049);
  await client.publish({ TopicArn, Message });
  expect(await queues.drain("orders")).toEqual([]);
  expect(await queues.drain("refused")).toMatchObject([
    { body: Message, attributes: { ERROR_CODE: { StringValue: "InvalidParameterValue" } } },
  ]);
});

test("refuses what SNS would, by the same names", async () => {
  const refusals: [() => Promise<unknown>, string][] = [
    [() => client.publish({ TopicArn: topicArn("none"), Message: "a" }), "NotFoundException"],
    [() => client.publish({ TopicArn, Message: "" }), "InvalidParameterException"],
    [() => client.publish({ Message: "a" }), "InvalidParameterException"],
    [() => client.publish({ TopicArn, Message: "x".repeat(262_145) }), "InvalidParameterException"],
    [
      () => client.publish({ TopicArn, Message: "{}", MessageStructure: "json" }),
      "InvalidParameterException",
    ],
    [() => batch([]), "EmptyBatchRequest"],
    [() => batch(Array.from({ length: 11 }, (_, n) => String(n))), "TooManyEntriesInBatchRequest"],
    [() => batch(["a", "a"]), "BatchEntryIdsNotDistinct"],
    [() => batch(["a", "b"], "x".repeat(150_000)), "BatchRequestTooLong"],
    [() => client.listTopics({}), "InvalidAction"],
  ];
  for (const [call, name] of refusals) {
    const error = await call().catch((thrown: Error) => thrown);
    expect(Object(error).name).toMatch(new RegExp(`^${name}(Exception)?$`));
  }
  expect(await queues.drain("orders")).toEqual([]);
});

function batch(ids: string[], Message = "m") {
  const PublishBatchRequestEntries = ids.map((Id) => ({ Id, Message }));
  return client.publishBatch({ TopicArn, PublishBatchRequestEntries });
}

test("asks for the right to publish to the topic", async () => {
  const asked: string[] = [];
  const sns = await startSns({
    ...{ ...openToAll, topics, send: queues.sqs.sendFromService },
    authorize: ({ action, resource }) => {
      asked.push(`${action} ${resource}`);
      return false;
    },
  });
  const limited = new SNS(clientConfig(sns.url));
  const refusal = { name: "AuthorizationErrorException", $metadata: { httpStatusCode: 403 } };
  await expect(limited.publish({ TopicArn, Message: "a" })).rejects.toMatchObject(refusal);
  const entries = [{ Id: "a", Message: "a" }];
  const call = limited.publishBatch({ TopicArn, PublishBatchRequestEntries: entries });
  await expect(call).rejects.toMatchObject(refusal);
  expect(new Set(asked)).toEqual(new Set([`sns:Publish ${TopicArn}`]));
  expect(await queues.drain("orders")).toEqual([]);
  limited.destroy();
  await sns.close();
});
