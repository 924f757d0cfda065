import type * as sdk from "@aws-sdk/client-kms";
import { AwsService, decodeJson, encodeJson } from "./service.ts";

/** What functions ask of KMS. */
type Operations = {
  GenerateDataKey: {
    input: sdk.GenerateDataKeyCommandInput;
    output: sdk.GenerateDataKeyCommandOutput;
  };
  Decrypt: { input: sdk.DecryptCommandInput; output: sdk.DecryptCommandOutput };
};

export const kms = new AwsService<Operations>({
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
