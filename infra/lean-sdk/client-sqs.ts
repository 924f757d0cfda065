import { AwsClient, type ClientConfig, Command } from "./aws-client.ts";

const service = {
  name: "sqs",
  targetPrefix: "AmazonSQS",
  contentType: "application/x-amz-json-1.0",
};

export class SQSClient extends AwsClient {
  constructor(config: ClientConfig) {
    super(service, config);
  }
}

export class SendMessageBatchCommand extends Command {
  constructor(input: object) {
    super("SendMessageBatch", input);
  }
}

export class ChangeMessageVisibilityBatchCommand extends Command {
  constructor(input: object) {
    super("ChangeMessageVisibilityBatch", input);
  }
}

export class GetQueueAttributesCommand extends Command {
  constructor(input: object) {
    super("GetQueueAttributes", input);
  }
}
