import { AwsClient, type ClientConfig, Command } from "./aws-client.ts";

const service = {
  name: "kms",
  targetPrefix: "TrentService",
  contentType: "application/x-amz-json-1.1",
};

/** Bytes go over the wire as base64. */
export class KMSClient extends AwsClient {
  constructor(config: ClientConfig) {
    super(service, config);
  }

  override async send(command: Command): Promise<unknown> {
    // Of these two operations of KMS every text that is answered under these names is base64.
    const answer = (await super.send(command)) as Record<string, string | undefined>;
    const { CiphertextBlob, Plaintext } = answer;
    return {
      ...answer,
      CiphertextBlob: CiphertextBlob && Buffer.from(CiphertextBlob, "base64"),
      Plaintext: Plaintext && Buffer.from(Plaintext, "base64"),
    };
  }
}

export class GenerateDataKeyCommand extends Command {
  constructor(input: object) {
    super("GenerateDataKey", input);
  }
}

export class DecryptCommand extends Command {
  constructor(input: { CiphertextBlob: Buffer }) {
    super("Decrypt", { ...input, CiphertextBlob: input.CiphertextBlob.toString("base64") });
  }
}
