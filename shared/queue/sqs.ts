import { SQSClient } from "@aws-sdk/client-sqs";
import { patientHandler } from "../runtime/patient-handler.ts";

let client: SQSClient | undefined;

/** One client an environment. */
export function sqs(): SQSClient {
  client ??= new SQSClient({
    maxAttempts: 3,
    requestHandler: patientHandler(),
  });
  return client;
}
