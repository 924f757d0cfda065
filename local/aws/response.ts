import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { AwsError } from "./aws-error.ts";
import type { Encoded, Protocol } from "./protocol.ts";

/** What goes back to the caller. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A call that is to be answered. */
interface Answerable {
  service: string;
  protocol: Protocol;
  /** Of the request. */
  headers: IncomingHttpHeaders;
}

export function outputAnswer(call: Answerable, action: string, output: object): Answer {
  const requestId = randomUUID();
  return answer(call, 200, requestId, call.protocol.output(output, { action, requestId }));
}

export function errorAnswer(call: Answerable, error: unknown): Answer {
  const { service, protocol } = call;
  const known = error instanceof AwsError ? error : internalFailure(service, error);
  const requestId = randomUUID();
  return answer(call, known.status, requestId, protocol.error(known, { service, requestId }));
}

function internalFailure(service: string, cause: unknown): AwsError {
  console.error(`embedded ${service}:`, cause);
  return new AwsError("InternalServerError", "The embedded engine failed", { status: 500 });
}

function answer(
  call: Answerable,
  status: number,
  requestId: string,
  { contentType, body, headers }: Encoded,
): Answer {
  // Each JSON service has a version of the type, which it shares with its clients.
  const asked = call.headers["content-type"];
  const isJson = contentType.includes("json");
  return {
    status,
    headers: {
      "content-type": isJson && asked !== undefined ? asked : contentType,
      "content-length": String(Buffer.byteLength(body)),
      "x-amzn-requestid": requestId,
      ...headers,
    },
    body,
  };
}
