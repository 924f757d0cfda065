import type { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";

/** Told by its name, as the class of the SDK is not part of the bundles. */
export function isConditionFailure(error: unknown): error is ConditionalCheckFailedException {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}
