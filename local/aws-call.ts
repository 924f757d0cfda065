import { Agent, request } from "undici";
import type { Credentials } from "./aws/secrets.ts";
import { authorizationOf } from "./aws/signature.ts";
import type { DirectClient } from "./direct/direct-client.mjs";

/** Whom and what to call: an operation of one of the embedded engines, in the name of a principal. */
export interface AwsOperation {
  endpoint: string;
  service: string;
  /** The value of `x-amz-target`. */
  target: string;
  credentials: Credentials;
}

/** What came back. */
interface Answer {
  status: number;
  body: string;
}

// A long poll of SQS waits 20 s before it answers.
const agent = new Agent({ headersTimeout: 40_000, bodyTimeout: 40_000 });

/** One call in AWS's JSON protocol, through the port to the engines or, where another listens there, by HTTP. */
export async function callAws(
  { direct, ...operation }: AwsOperation & { direct?: DirectClient },
  input: object,
  signal?: AbortSignal,
): Promise<unknown> {
  const body = JSON.stringify(input);
  const { status, body: text } = direct?.reaches(operation.endpoint)
    ? await callDirectly(direct, operation, body, signal)
    : await callByHttp(operation, body, signal);
  if (status !== 200) throw new Error(`${operation.target} answered ${status}: ${text}`);
  return JSON.parse(text);
}

function callDirectly(
  direct: DirectClient,
  operation: AwsOperation,
  body: string,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { endpoint: to } = operation;
  const headers = signedHeaders(operation, body);
  const abort = () => {
    hangUp();
    reject(signal?.reason);
  };
  const hangUp = direct.call({ to, method: "POST", path: "/", headers, body }, (error, answer) => {
    signal?.removeEventListener("abort", abort);
    if (answer) resolve(answer);
    else reject(error);
  });
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  return promise;
}

async function callByHttp(
  operation: AwsOperation,
  body: string,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const { statusCode: status, body: answer } = await request(operation.endpoint, {
    method: "POST",
    dispatcher: agent,
    headers: signedHeaders(operation, body),
    body,
    ...(signal && { signal }),
  });
  return { status, body: await answer.text() };
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
