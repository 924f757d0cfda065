import { hash, randomUUID } from "node:crypto";
import type * as dynamoDbSdk from "@aws-sdk/client-dynamodb";
import type * as kmsSdk from "@aws-sdk/client-kms";
import type * as sqsSdk from "@aws-sdk/client-sqs";
import { crc32 } from "../domain/hash.ts";
import type { HttpAnswer } from "./connections.ts";
import { DigestError } from "./errors.ts";
import { AwsService, decodeJson, encodeJson } from "./service.ts";

/** What functions ask of DynamoDB. */
type DynamoDbOperations = {
  GetItem: { input: dynamoDbSdk.GetItemCommandInput; output: dynamoDbSdk.GetItemCommandOutput };
  PutItem: { input: dynamoDbSdk.PutItemCommandInput; output: dynamoDbSdk.PutItemCommandOutput };
  DeleteItem: {
    input: dynamoDbSdk.DeleteItemCommandInput;
    output: dynamoDbSdk.DeleteItemCommandOutput;
  };
  UpdateItem: {
    input: dynamoDbSdk.UpdateItemCommandInput;
    output: dynamoDbSdk.UpdateItemCommandOutput;
  };
  Query: { input: dynamoDbSdk.QueryCommandInput; output: dynamoDbSdk.QueryCommandOutput };
  Scan: { input: dynamoDbSdk.ScanCommandInput; output: dynamoDbSdk.ScanCommandOutput };
  BatchGetItem: {
    input: dynamoDbSdk.BatchGetItemCommandInput;
    output: dynamoDbSdk.BatchGetItemCommandOutput;
  };
  BatchWriteItem: {
    input: dynamoDbSdk.BatchWriteItemCommandInput;
    output: dynamoDbSdk.BatchWriteItemCommandOutput;
  };
  TransactWriteItems: {
    input: dynamoDbSdk.TransactWriteItemsCommandInput;
    output: dynamoDbSdk.TransactWriteItemsCommandOutput;
  };
};

export const dynamoDb = /* @__PURE__ */ new AwsService<DynamoDbOperations>({
  name: "dynamodb",
  targetPrefix: "DynamoDB_20120810",
  contentType: "application/x-amz-json-1.0",
  // A BatchGetItem returns 16 MB, a third more where they are bytes; the rest is for names.
  maxAnswerBytes: 32 * 1_048_576,
  basePauseMs: 25,
  encode: (operation, input) =>
    // By the token the table knows a transaction again that is sent twice.
    encodeJson(
      operation === "TransactWriteItems" ? { ClientRequestToken: randomUUID(), ...input } : input,
    ),
  decode: decodeItems,
});

/** Bytes come as base64, and only an attribute's value is a text under one of these names. */
function decodeItems({ headers, bytes, text }: HttpAnswer): object {
  const { "x-amz-crc32": digest } = headers;
  if (digest !== undefined && Number(digest) !== crc32(bytes)) {
    throw new DigestError(`the CRC-32 of an answer is not ${String(digest)}`);
  }
  return /"BS?"\s*:/.test(text) ? decodeJson(text, attributeBytes) : decodeJson(text);
}

function attributeBytes(name: string, value: unknown): unknown {
  if (name === "B" && typeof value === "string") return Buffer.from(value, "base64");
  if (name !== "BS" || !Array.isArray(value)) return value;
  return value.map((each) => (typeof each === "string" ? Buffer.from(each, "base64") : each));
}

/** What functions ask of SQS. */
type SqsOperations = {
  SendMessageBatch: {
    input: sqsSdk.SendMessageBatchCommandInput;
    output: sqsSdk.SendMessageBatchCommandOutput;
  };
  ChangeMessageVisibilityBatch: {
    input: sqsSdk.ChangeMessageVisibilityBatchCommandInput;
    output: sqsSdk.ChangeMessageVisibilityBatchCommandOutput;
  };
  GetQueueAttributes: {
    input: sqsSdk.GetQueueAttributesCommandInput;
    output: sqsSdk.GetQueueAttributesCommandOutput;
  };
};

export const sqs = /* @__PURE__ */ new AwsService<SqsOperations>({
  name: "sqs",
  targetPrefix: "AmazonSQS",
  contentType: "application/x-amz-json-1.0",
  maxAnswerBytes: 1_048_576,
  basePauseMs: 50,
  encode: (_, input) => encodeJson(input),
  decode: ({ text }) => decodeJson(text),
  verify: (operation, input, output) => {
    if (operation === "SendMessageBatch") verifyBodies(input, output);
  },
});

/** The queue says what it has taken. Attributes have a digest of their own, and tell only what can be read again. */
function verifyBodies(
  { Entries = [] }: Partial<sqsSdk.SendMessageBatchCommandInput>,
  { Successful = [] }: Partial<sqsSdk.SendMessageBatchCommandOutput>,
): void {
  const bodies = new Map(Entries.map(({ Id, MessageBody }) => [Id, MessageBody]));
  const changed = Successful.filter(
    ({ Id, MD5OfMessageBody }) => MD5OfMessageBody !== hash("md5", bodies.get(Id) ?? ""),
  );
  if (changed.length === 0) return;
  const ids = changed.map(({ MessageId }) => MessageId).join(", ");
  throw new DigestError(`the MD5 of what the queue has taken is another: ${ids}`);
}

/** What functions ask of KMS. */
type KmsOperations = {
  GenerateDataKey: {
    input: kmsSdk.GenerateDataKeyCommandInput;
    output: kmsSdk.GenerateDataKeyCommandOutput;
  };
  Decrypt: { input: kmsSdk.DecryptCommandInput; output: kmsSdk.DecryptCommandOutput };
};

export const kms = /* @__PURE__ */ new AwsService<KmsOperations>({
  name: "kms",
  targetPrefix: "TrentService",
  contentType: "application/x-amz-json-1.1",
  maxAnswerBytes: 65_536,
  basePauseMs: 50,
  encode: (_, input) => encodeJson(input),
  decode: ({ text }) => decodeJson(text, asBytes),
});

/** Of these two operations, every text under these names is base64. */
function asBytes(name: string, value: unknown): unknown {
  const isBytes = name === "CiphertextBlob" || name === "Plaintext";
  return isBytes && typeof value === "string" ? Buffer.from(value, "base64") : value;
}
