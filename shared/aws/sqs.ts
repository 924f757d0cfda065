import { hash } from "node:crypto";
import type * as sdk from "@aws-sdk/client-sqs";
import { DigestError } from "./errors.ts";
import { AwsService, decodeJson, encodeJson } from "./service.ts";

/** What functions ask of SQS. */
type Operations = {
  SendMessageBatch: {
    input: sdk.SendMessageBatchCommandInput;
    output: sdk.SendMessageBatchCommandOutput;
  };
  ChangeMessageVisibilityBatch: {
    input: sdk.ChangeMessageVisibilityBatchCommandInput;
    output: sdk.ChangeMessageVisibilityBatchCommandOutput;
  };
  GetQueueAttributes: {
    input: sdk.GetQueueAttributesCommandInput;
    output: sdk.GetQueueAttributesCommandOutput;
  };
};

export const sqs = new AwsService<Operations>({
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
  { Entries = [] }: Partial<sdk.SendMessageBatchCommandInput>,
  { Successful = [] }: Partial<sdk.SendMessageBatchCommandOutput>,
): void {
  const bodies = new Map(Entries.map(({ Id, MessageBody }) => [Id, MessageBody]));
  const changed = Successful.filter(
    ({ Id, MD5OfMessageBody }) => MD5OfMessageBody !== hash("md5", bodies.get(Id) ?? ""),
  );
  if (changed.length === 0) return;
  const ids = changed.map(({ MessageId }) => MessageId).join(", ");
  throw new DigestError(`the MD5 of what the queue has taken is another: ${ids}`);
}
