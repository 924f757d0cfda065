import { Agent, request } from "undici";
import { REGION } from "./aws/arn.ts";

/** Whom and what to call: an operation of one of the embedded engines, in the name of a principal. */
export interface AwsOperation {
  endpoint: string;
  service: string;
  /** The value of `x-amz-target`. */
  target: string;
  accessKeyId: string;
}

// A long poll of SQS waits 20 s before it answers.
const agent = new Agent({ headersTimeout: 40_000, bodyTimeout: 40_000 });

/**
 * One call in AWS's JSON protocol. The engines take the principal from the credential and check no
 * signature, so none is made.
 */
export async function callAws(
  { endpoint, service, target, accessKeyId }: AwsOperation,
  input: object,
  signal?: AbortSignal,
): Promise<unknown> {
  const credential = `${accessKeyId}/20260101/${REGION}/${service}/aws4_request`;
  const { statusCode, body } = await request(endpoint, {
    method: "POST",
    dispatcher: agent,
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": target,
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=local`,
    },
    body: JSON.stringify(input),
    ...(signal && { signal }),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${target} answered ${statusCode}: ${text}`);
  return JSON.parse(text);
}
