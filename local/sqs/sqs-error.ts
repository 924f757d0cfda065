import { AwsError } from "../aws/aws-error.ts";

/** Codes that the query protocol spelled without the service's name before them. */
const bareCodes = new Set([
  "InvalidParameterValue",
  "MissingParameter",
  "InvalidAttributeName",
  "InvalidAttributeValue",
  "InvalidMessageContents",
  "ReceiptHandleIsInvalid",
  "OverLimit",
  "ResourceNotFoundException",
]);

/** A refusal that also carries the code of the query protocol, which SQS clients still show. */
export function sqsError(code: string, message: string): AwsError {
  const queryCode = bareCodes.has(code) ? code : `AWS.SimpleQueueService.${code}`;
  return new AwsError(code, message, { queryCode });
}

export function invalidParameter(message: string): AwsError {
  return sqsError("InvalidParameterValue", message);
}

export function queueDoesNotExist(): AwsError {
  return new AwsError("QueueDoesNotExist", "The specified queue does not exist.", {
    queryCode: "AWS.SimpleQueueService.NonExistentQueue",
  });
}
