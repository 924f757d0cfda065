import { Agent, request } from "undici";
import type { Credentials } from "./aws/secrets.ts";
import { authorizationOf } from "./aws/signature.ts";

/** Whom and what to call: an operation of one of the embedded engines, in the name of a principal. */
export interface AwsOperation {
  endpoint: string;
  service: string;
  /** The value of `x-amz-target`. */
  target: string;
  credentials: Credentials;
}

// A long poll of SQS waits 20 s before it answers.
const agent = new Agent({ headersTimeout: 40_000, bodyTimeout: 40_000 });

/** One call in AWS's JSON protocol. */
export async function callAws(
  operation: AwsOperation,
  input: object,
  signal?: AbortSignal,
): Promise<unknown> {
  const body = JSON.stringify(input);
  const { statusCode, body: answer } = await request(operation.endpoint, {
    method: "POST",
    dispatcher: agent,
    headers: signedHeaders(operation, body),
    body,
    ...(signal && { signal }),
  });
  const text = await answer.text();
  if (statusCode !== 200) throw new Error(`${operation.target} answered ${statusCode}: ${text}`);
  return JSON.parse(text);
}

/** The headers of a call with this body, signed now. */
export function signedHeaders(
  { endpoint, service, target, credentials }: AwsOperation,
  body: string,
): Record<string, string> {
  const headers = {
    host: new URL(endpoint).host,
    "content-type": "application/x-amz-json-1.0",
    "x-amz-date": new Date().toISOString().replace(/[-:]|\.\d+/g, ""),
    "x-amz-target": target,
  };
  return { ...headers, authorization: authorizationOf({ service, headers, body }, credentials) };
}
