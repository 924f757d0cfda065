import aws4 from "aws4";
import { expect, test } from "vitest";
import { authorizationOf } from "../../../../local/aws/signature.ts";

test.each([
  ["dynamodb", '{"TableName":"t"}', { "x-amz-target": "DynamoDB_20120810.GetItem" }],
  ["sqs", '{"MessageBody":"ü"}', { "x-amz-target": "AmazonSQS.SendMessage" }],
  ["kms", "", { "x-amz-target": "TrentService.Decrypt", "x-amz-meta": "  two   spaces " }],
])("signs a call to %s as aws4 does", (service, body, more) => {
  const credentials = { accessKeyId: "Fn", secretAccessKey: "secret" };
  const headers: Record<string, string> = {
    host: "127.0.0.1:4000",
    "content-type": "application/x-amz-json-1.0",
    "x-amz-date": "20260102T030405Z",
    ...more,
  };
  const request = { method: "POST", path: "/", region: "us-east-1", doNotModifyHeaders: true };
  const signer = new aws4.RequestSigner({ ...request, service, headers, body }, credentials);
  signer.datetime = headers["x-amz-date"] ?? "";
  expect(authorizationOf({ service, headers, body }, credentials)).toBe(signer.authHeader());
});
