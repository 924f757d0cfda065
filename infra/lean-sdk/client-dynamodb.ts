import { randomUUID } from "node:crypto";
import { AwsClient, type ClientConfig, Command } from "./aws-client.ts";

const service = {
  name: "dynamodb",
  targetPrefix: "DynamoDB_20120810",
  contentType: "application/x-amz-json-1.0",
};

export class DynamoDBClient extends AwsClient {
  constructor(config: ClientConfig) {
    super(service, config);
  }
}

export class GetItemCommand extends Command {
  constructor(input: object) {
    super("GetItem", input);
  }
}

export class PutItemCommand extends Command {
  constructor(input: object) {
    super("PutItem", input);
  }
}

export class DeleteItemCommand extends Command {
  constructor(input: object) {
    super("DeleteItem", input);
  }
}

export class UpdateItemCommand extends Command {
  constructor(input: object) {
    super("UpdateItem", input);
  }
}

export class QueryCommand extends Command {
  constructor(input: object) {
    super("Query", input);
  }
}

export class BatchGetItemCommand extends Command {
  constructor(input: object) {
    super("BatchGetItem", input);
  }
}

export class BatchWriteItemCommand extends Command {
  constructor(input: object) {
    super("BatchWriteItem", input);
  }
}

export class TransactWriteItemsCommand extends Command {
  constructor(input: object) {
    // By the token the table knows a transaction again that is sent twice.
    super("TransactWriteItems", { ClientRequestToken: randomUUID(), ...input });
  }
}
