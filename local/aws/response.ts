import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError } from "./aws-error.ts";
import type { Encoded, Protocol } from "./protocol.ts";

/** A call that is to be answered. */
interface Answerable {
  service: string;
  protocol: Protocol;
  request: IncomingMessage;
  response: ServerResponse;
}

export function answerOutput(call: Answerable, action: string, output: object): void {
  if (call.response.destroyed) return;
  const requestId = randomUUID();
  answer(call, 200, requestId, call.protocol.output(output, { action, requestId }));
}

export function answerError(call: Answerable, error: unknown): void {
  if (call.response.destroyed) return;
  const { service, protocol } = call;
  const known = error instanceof AwsError ? error : internalFailure(service, error);
  const requestId = randomUUID();
  answer(call, known.status, requestId, protocol.error(known, { service, requestId }));
}

function internalFailure(service: string, cause: unknown): AwsError {
  console.error(`embedded ${service}:`, cause);
  return new AwsError("InternalServerError", "The embedded engine failed", { status: 500 });
}

function answer(
  { request, response }: Answerable,
  status: number,
  requestId: string,
  { contentType, body, headers }: Encoded,
): void {
  // Each JSON service has a version of the type, which it shares with its clients.
  const asked = request.headers["content-type"];
  const isJson = contentType.includes("json");
  response.sendDate = false;
  response.writeHead(status, {
    "content-type": isJson && asked !== undefined ? asked : contentType,
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": requestId,
    ...headers,
  });
  response.end(body);
}
