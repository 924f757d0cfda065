import assert from "node:assert/strict";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientConfig } from "../conformance/credentials.ts";
import type { Cdk, StackOutputs } from "./cdk.ts";
import type { Emulator } from "./emulator.ts";

/** Takes the stack down: of the tables and queues that it named, none is left. */
export async function checkDestroy(
  cdk: Cdk,
  { endpoint }: Emulator,
  outputs: StackOutputs,
): Promise<void> {
  const dynamodb = new DynamoDBClient(clientConfig(endpoint));
  const sqs = new SQSClient(clientConfig(endpoint));
  const left = async () => {
    const { TableNames = [] } = await dynamodb.send(new ListTablesCommand());
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand());
    return Object.values(outputs).filter((value) => [...TableNames, ...QueueUrls].includes(value));
  };
  assert.notDeepEqual(await left(), []);
  await cdk.destroy();
  assert.deepEqual(await left(), []);
}
