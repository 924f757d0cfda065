import type { Document } from "./document.ts";
import type { Answer, RawRequest } from "./exchange.ts";
import { escaped, type Found, findOperation, type Response } from "./open-api.ts";

/** Throws unless status, headers, content type and body are what the document says. */
export function checkAnswer(document: Document, request: RawRequest, answer: Answer): void {
  const problem =
    answer.status >= 500 ? "the service failed" : problemWith(document, request, answer);
  if (problem === undefined) return;
  const said = `${answer.status} ${answer.text.slice(0, 500)}`;
  throw new Error(`${request.method} ${request.target.slice(0, 200)}: ${problem}: ${said}`);
}

/** The gateway decodes a path once, before it looks for a route. */
export function requestedOperation(
  { api }: Document,
  { method, target }: RawRequest,
): Found | undefined {
  try {
    return findOperation(api, method, decodeURIComponent(target.replace(/\?.*/s, "")));
  } catch {
    return undefined; // broken percent-encoding leads to no operation
  }
}

function problemWith(document: Document, request: RawRequest, answer: Answer): string | undefined {
  const found = requestedOperation(document, request);
  const expected = found && documented(document, found, answer.status);
  const isOurs = !isGatewayAnswer(answer);
  if (!expected || expected.pointer.endsWith("/Gateway")) {
    if (isOurs) return "a function gave an answer that the document does not have";
    return bodyProblem(document, "/components/schemas/GatewayAnswer", answer);
  }
  const { pointer, response } = expected;
  const missing = Object.keys(response.headers).filter(
    (name) => !answer.headers[name] && !isOptional(request, answer.status, name),
  );
  if (isOurs && missing.length > 0) return `lacks ${missing.join(", ")}`;
  if (!response.content) return answer.text === "" ? undefined : "has a body";
  if (isOurs && answer.headers["content-type"] !== "application/json; charset=utf-8") {
    return `is ${answer.headers["content-type"]}`;
  }
  return bodyProblem(document, `${pointer}/content/${escaped("application/json")}/schema`, answer);
}

/** A cache that is full does not get emptier by waiting; and no version names a webhook's health. */
function isOptional({ target }: RawRequest, status: number, header: string): boolean {
  if (header === "etag") return target.includes("include=health");
  return status === 429 && header === "retry-after";
}

/** The gateway's answers to what it refuses by itself hold a message and nothing else. */
function isGatewayAnswer({ body }: Answer): boolean {
  return typeof body === "object" && body !== null && "message" in body;
}

interface Documented {
  readonly pointer: string;
  readonly response: Response;
}

function documented({ api }: Document, found: Found, status: number): Documented | undefined {
  const { responses } = found.operation;
  const key = String(status) in responses ? String(status) : "default";
  const response = responses[key];
  if (!response) return undefined;
  if (!("$ref" in response)) return { pointer: `${found.pointer}/responses/${key}`, response };
  const shared = api.components.responses[response.$ref.split("/").at(-1) ?? ""];
  return shared && { pointer: response.$ref.slice(1), response: shared };
}

function bodyProblem(document: Document, pointer: string, answer: Answer): string | undefined {
  if (!answer.headers["content-type"]?.startsWith("application/json")) return "is not JSON";
  const validate = document.validator(pointer);
  return validate(answer.body) ? undefined : JSON.stringify(validate.errors);
}
