/** The reference: what a function weighs that does nothing but open the two clients of the SDK. */
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";

export const handler = () => [
  new DynamoDBClient({}),
  new SQSClient({}),
  GetItemCommand,
  SendMessageBatchCommand,
];
