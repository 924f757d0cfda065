import { randomUUID } from "node:crypto";
import type * as sdk from "@aws-sdk/client-dynamodb";
import { crc32 } from "../domain/ids/hash.ts";
import type { HttpAnswer } from "./connections.ts";
import { DigestError } from "./errors.ts";
import { AwsService, decodeJson, encodeJson } from "./service.ts";

/** What functions ask of DynamoDB. */
type Operations = {
  GetItem: { input: sdk.GetItemCommandInput; output: sdk.GetItemCommandOutput };
  PutItem: { input: sdk.PutItemCommandInput; output: sdk.PutItemCommandOutput };
  DeleteItem: { input: sdk.DeleteItemCommandInput; output: sdk.DeleteItemCommandOutput };
  UpdateItem: { input: sdk.UpdateItemCommandInput; output: sdk.UpdateItemCommandOutput };
  Query: { input: sdk.QueryCommandInput; output: sdk.QueryCommandOutput };
  BatchGetItem: { input: sdk.BatchGetItemCommandInput; output: sdk.BatchGetItemCommandOutput };
  BatchWriteItem: {
    input: sdk.BatchWriteItemCommandInput;
    output: sdk.BatchWriteItemCommandOutput;
  };
  TransactWriteItems: {
    input: sdk.TransactWriteItemsCommandInput;
    output: sdk.TransactWriteItemsCommandOutput;
  };
};

export const dynamoDb = new AwsService<Operations>({
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
  return /"BS?"\s*:/.test(text) ? decodeJson(text, asBytes) : decodeJson(text);
}

function asBytes(name: string, value: unknown): unknown {
  if (name === "B" && typeof value === "string") return Buffer.from(value, "base64");
  if (name !== "BS" || !Array.isArray(value)) return value;
  return value.map((each) => (typeof each === "string" ? Buffer.from(each, "base64") : each));
}
