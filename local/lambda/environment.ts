import { devNull } from "node:os";
import { localRegion } from "../aws/arn.ts";
import type { Credentials, SecretOf } from "../aws/secrets.ts";
import type { LambdaFunction } from "../template/functions.ts";

/** Where the embedded engines listen. */
export interface Endpoints {
  dynamodb: string;
  sqs: string;
  kms: string;
  /** Where the template has a bus or a rule for events. */
  eventbridge?: string;
  /** Where the template has a topic. */
  sns?: string;
}

/** The whole environment of a function; its credentials name it to the engines, which check its policy. */
export function environmentOf(
  fn: LambdaFunction,
  endpoints: Endpoints,
  secretOf: SecretOf,
): Record<string, string> {
  const accessKeyId = fn.logicalId;
  return {
    ...fn.variables,
    PATH: process.env.PATH ?? "",
    TZ: "UTC",
    LANG: "en_US.UTF-8",
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    LAMBDA_TASK_ROOT: fn.codeFolder,
    ...awsEnvironment({ accessKeyId, secretAccessKey: secretOf(accessKeyId) }, endpoints),
  };
}

/** What makes an AWS SDK speak to the embedded engines, and only to them. */
export function awsEnvironment(
  { accessKeyId, secretAccessKey }: Credentials,
  endpoints: Endpoints,
): Record<string, string> {
  return {
    AWS_REGION: localRegion,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_KMS: endpoints.kms,
    ...(endpoints.eventbridge && { AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventbridge }),
    ...(endpoints.sns && { AWS_ENDPOINT_URL_SNS: endpoints.sns }),
    // The developer's own profile must not change what runs here.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}
