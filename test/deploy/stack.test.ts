import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { GetKeyRotationStatusCommand, KMSClient } from "@aws-sdk/client-kms";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { clientConfig } from "../conformance/credentials.ts";
import { openService } from "../contract/service.ts";

const { operatorEnv = {} } = await openService();
const config = clientConfig(process.env.CONFORMANCE_DYNAMODB_URL ?? "");
const dynamodb = new DynamoDBClient(config);

const named = (ending: RegExp) => Object.entries(operatorEnv).filter(([name]) => ending.test(name));
const tables = named(/Table$/);
const queues = named(/Queue$/);

test.each(tables.filter(([name]) => name !== "OutboxTable"))(
  "rows expire: %s",
  async (_, TableName) => {
    const answer = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(answer.TimeToLiveDescription).toEqual({
      AttributeName: "expiresAt",
      TimeToLiveStatus: "ENABLED",
    });
  },
);

test.each(tables)("tables can be recovered: %s", async (_, TableName) => {
  const answer = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  expect(answer.ContinuousBackupsDescription).toMatchObject({
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "ENABLED" },
  });
});

/** An ingest body that comes back for so long has a reason to go: its function gives up before SQS does. */
const receives = (name: string) => (name === "IngestQueue" ? 1_000 : 100);

test.each(queues)("%s keeps messages 14 days, and gives up in the end", async (name, url) => {
  const { Attributes = {} } = await new SQSClient(config).send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
  );
  expect(Attributes.MessageRetentionPeriod).toBe(String(14 * 24 * 60 * 60));
  expect(JSON.parse(Attributes.RedrivePolicy ?? "{}")).toEqual({
    deadLetterTargetArn: expect.stringContaining("DeadLetters"),
    maxReceiveCount: receives(name),
  });
});

test("the key rotates", async () => {
  const KeyId = operatorEnv.DataKey ?? "";
  const answer = await new KMSClient(config).send(new GetKeyRotationStatusCommand({ KeyId }));
  expect(answer.KeyRotationEnabled).toBe(true);
});
