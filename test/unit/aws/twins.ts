import * as sdkDynamoDb from "@aws-sdk/client-dynamodb";
import * as sdkKms from "@aws-sdk/client-kms";
import * as sdkSqs from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, vi } from "vitest";
import { dynamoDb, kms, sqs } from "../../../shared/aws/clients.ts";

export const region = "eu-central-1";
export const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "hush",
  sessionToken: "token",
};

/** Gives both clients the same access, as Lambda does. */
export function useAwsEnvironment(): void {
  beforeEach(() => {
    vi.stubEnv("AWS_REGION", region);
    vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
    vi.stubEnv("AWS_SESSION_TOKEN", credentials.sessionToken);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
}

/** One call by our client and by the SDK's, which is the measure. */
export interface Twin {
  operation: string;
  service: "dynamodb" | "sqs" | "kms";
  ours(): Promise<object>;
  theirs(): Promise<object>;
}

// As the service is configured otherwise: a queue's host is not taken for the endpoint.
const useQueueUrlAsEndpoint = false;

const TableName = "rows";
const Key = { pk: { S: "a/é\u{1F600}" }, sk: { S: "b" } };
const Item = {
  ...Key,
  n: { N: "1" },
  bytes: { B: Buffer.from("some bytes") },
  some: { BS: [Uint8Array.of(1, 2), Buffer.from("two")] },
  list: {
    L: [{ BOOL: true }, { NULL: true as const }, { M: { B: { B: Uint8Array.of(0, 255) } } }],
  },
};
const update = {
  TableName,
  Key,
  UpdateExpression: "ADD #n :one",
  ReturnValues: "ALL_NEW" as const,
  ExpressionAttributeNames: { "#n": "n" },
  ExpressionAttributeValues: { ":one": { N: "1" }, ":bytes": Item.bytes },
};
const query = { TableName, KeyConditionExpression: "pk = :pk", ConsistentRead: true, Limit: 3 };
const reads = { RequestItems: { rows: { Keys: [Key], ConsistentRead: true } } };
const writes = { RequestItems: { rows: [{ PutRequest: { Item } }] } };
const transaction = { TransactItems: [{ Put: { TableName, Item } }], ClientRequestToken: "once" };
const entry = { Id: "0", MessageBody: "{}", MessageGroupId: "g", DelaySeconds: 5 };
const batch = { QueueUrl: "http://127.0.0.1/0/Queue", Entries: [entry, { ...entry, Id: "1" }] };
const visibility = {
  QueueUrl: batch.QueueUrl,
  Entries: [{ Id: "0", ReceiptHandle: "handle", VisibilityTimeout: 5 }],
};
const attributes: sdkSqs.GetQueueAttributesCommandInput = {
  QueueUrl: batch.QueueUrl,
  AttributeNames: ["ApproximateNumberOfMessages"],
};
const wanted = { KeyId: "k", KeySpec: "AES_256" as const, EncryptionContext: { purpose: "test" } };
const wrapped = { KeyId: "k", CiphertextBlob: Buffer.from("wrapped") };

const theirDynamoDb = () => new sdkDynamoDb.DynamoDBClient({ maxAttempts: 3 });
const theirSqs = () => new sdkSqs.SQSClient({ maxAttempts: 3, useQueueUrlAsEndpoint });
const theirKms = () => new sdkKms.KMSClient({ maxAttempts: 3 });

export const twins: readonly Twin[] = [
  {
    operation: "GetItem",
    service: "dynamodb",
    ours: () => dynamoDb.call("GetItem", { TableName, Key }),
    theirs: () => theirDynamoDb().send(new sdkDynamoDb.GetItemCommand({ TableName, Key })),
  },
  {
    operation: "PutItem",
    service: "dynamodb",
    ours: () => dynamoDb.call("PutItem", { TableName, Item }),
    theirs: () => theirDynamoDb().send(new sdkDynamoDb.PutItemCommand({ TableName, Item })),
  },
  {
    operation: "DeleteItem",
    service: "dynamodb",
    ours: () => dynamoDb.call("DeleteItem", { TableName, Key }),
    theirs: () => theirDynamoDb().send(new sdkDynamoDb.DeleteItemCommand({ TableName, Key })),
  },
  {
    operation: "UpdateItem",
    service: "dynamodb",
    ours: () => dynamoDb.call("UpdateItem", update),
    theirs: () => theirDynamoDb().send(new sdkDynamoDb.UpdateItemCommand(update)),
  },
  {
    operation: "Query",
    service: "dynamodb",
    ours: () => dynamoDb.call("Query", query),
    theirs: () => theirDynamoDb().send(new sdkDynamoDb.QueryCommand(query)),
  },
  {
    operation: "Scan",
    service: "dynamodb",
    ours: () => dynamoDb.call("Scan", { TableName: query.TableName, Limit: 10 }),
    theirs: () =>
      theirDynamoDb().send(new sdkDynamoDb.ScanCommand({ TableName: query.TableName, Limit: 10 })),
  },
  {
    operation: "BatchGetItem",
    service: "dynamodb",
    ours: () => dynamoDb.call("BatchGetItem", reads),
    theirs: () => theirDynamoDb().send(new sdkDynamoDb.BatchGetItemCommand(reads)),
  },
  {
    operation: "BatchWriteItem",
    service: "dynamodb",
    ours: () => dynamoDb.call("BatchWriteItem", writes),
    theirs: () => theirDynamoDb().send(new sdkDynamoDb.BatchWriteItemCommand(writes)),
  },
  {
    operation: "TransactWriteItems",
    service: "dynamodb",
    ours: () => dynamoDb.call("TransactWriteItems", transaction),
    theirs: () => theirDynamoDb().send(new sdkDynamoDb.TransactWriteItemsCommand(transaction)),
  },
  {
    operation: "SendMessageBatch",
    service: "sqs",
    ours: () => sqs.call("SendMessageBatch", batch),
    theirs: () => theirSqs().send(new sdkSqs.SendMessageBatchCommand(batch)),
  },
  {
    operation: "ChangeMessageVisibilityBatch",
    service: "sqs",
    ours: () => sqs.call("ChangeMessageVisibilityBatch", visibility),
    theirs: () => theirSqs().send(new sdkSqs.ChangeMessageVisibilityBatchCommand(visibility)),
  },
  {
    operation: "GetQueueAttributes",
    service: "sqs",
    ours: () => sqs.call("GetQueueAttributes", attributes),
    theirs: () => theirSqs().send(new sdkSqs.GetQueueAttributesCommand(attributes)),
  },
  {
    operation: "GenerateDataKey",
    service: "kms",
    ours: () => kms.call("GenerateDataKey", wanted),
    theirs: () => theirKms().send(new sdkKms.GenerateDataKeyCommand(wanted)),
  },
  {
    operation: "Decrypt",
    service: "kms",
    ours: () => kms.call("Decrypt", wrapped),
    theirs: () => theirKms().send(new sdkKms.DecryptCommand(wrapped)),
  },
];

export function twinOf(operation: string): Twin {
  const twin = twins.find((each) => each.operation === operation);
  if (!twin) throw new Error(`no ${operation} among the twins`);
  return twin;
}
