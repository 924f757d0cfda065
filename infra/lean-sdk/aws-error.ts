import type { HttpAnswer } from "./node-http-handler.ts";

const throttled = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "ThrottlingException",
  "TransactionInProgressException",
]);

const lost = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/** A refusal, with the fields that the service sent along and those by which the SDK tells whose fault it was. */
export class AwsError extends Error {
  readonly $fault: "client" | "server";
  readonly $retryable: { readonly throttling: boolean };
  readonly $metadata: { readonly httpStatusCode: number };

  constructor({ status, text }: HttpAnswer) {
    const { __type = "UnknownError", message, Message, ...fields } = fieldsIn(text);
    super(String(message ?? Message ?? `answered ${status}`));
    // A type is spelled `com.amazonaws.sqs#QueueDoesNotExist`.
    this.name = String(__type).replace(/^.*#/, "");
    this.$fault = status >= 500 ? "server" : "client";
    this.$retryable = { throttling: status === 429 || throttled.has(this.name) };
    this.$metadata = { httpStatusCode: status };
    Object.assign(this, fields);
  }
}

/** Whether the same call may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof AwsError) {
    return error.$retryable.throttling || error.$metadata.httpStatusCode >= 500;
  }
  if (!(error instanceof Error)) return false;
  return error.name === "TimeoutError" || ("code" in error && lost.has(String(error.code)));
}

/** What stands before a service may answer something else than JSON. */
function fieldsIn(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
