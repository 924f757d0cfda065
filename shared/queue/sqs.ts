import { SQSClient } from "@aws-sdk/client-sqs";
import { NodeHttpHandler } from "@smithy/node-http-handler";

let client: SQSClient | undefined;

/** One client an environment. A call that hangs is given up early enough to be tried again in time. */
export function sqs(): SQSClient {
  client ??= new SQSClient({
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
    }),
  });
  return client;
}
