import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError } from "./aws-error.ts";

export function answerOutput(
  request: IncomingMessage,
  response: ServerResponse,
  output: object,
): void {
  if (response.destroyed) return;
  answer(request, response, 200, JSON.stringify(output), {});
}

export function answerError(
  service: string,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  if (response.destroyed) return;
  const known = error instanceof AwsError ? error : internalFailure(service, error);
  const body = { __type: `com.amazonaws.${service}#${known.code}`, message: known.message };
  answer(request, response, known.status, JSON.stringify({ ...body, ...known.members }), {
    ...(known.queryCode && { "x-amzn-query-error": `${known.queryCode};Sender` }),
  });
}

function internalFailure(service: string, cause: unknown): AwsError {
  console.error(`embedded ${service}:`, cause);
  return new AwsError("InternalServerError", "The embedded engine failed", { status: 500 });
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string>,
): void {
  response.sendDate = false;
  response.writeHead(status, {
    "content-type": request.headers["content-type"] ?? "application/x-amz-json-1.0",
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": randomUUID(),
    ...headers,
  });
  response.end(body);
}
