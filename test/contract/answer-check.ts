import type { Answer, RawRequest } from "./client.ts";
import type { Document } from "./document.ts";
import { escaped, type Found, findOperation } from "./open-api.ts";

/** Throws unless status, headers, content type and body are what the document says. */
export function checkAnswer(document: Document, request: RawRequest, answer: Answer): void {
  const blame = (what: string) => {
    const said = `${answer.status} ${answer.text.slice(0, 500)}`;
    return new Error(`${request.method} ${request.target.slice(0, 200)}: ${what}: ${said}`);
  };
  if (answer.status >= 500) throw blame("the service failed");

  const found = requestedOperation(document, request);
  const pointer = found && responsePointer(document, found, answer.status);
  const isGateways = !pointer || pointer.endsWith("/Gateway");
  const problem = isGateways
    ? gatewayProblem(document, answer)
    : problemWith(document, pointer, answer);
  if (problem) throw blame(problem);
}

/** The gateway decodes a path once, before it looks for a route. */
export function requestedOperation({ api }: Document, { method, target }: RawRequest) {
  try {
    return findOperation(api, method, decodeURIComponent(target.replace(/\?.*/s, "")));
  } catch {
    return undefined; // broken percent-encoding leads to no operation
  }
}

function responsePointer({ api }: Document, found: Found, status: number): string {
  const { responses } = found.operation;
  const key = String(status) in responses ? String(status) : "default";
  const response = responses[key];
  return response && "$ref" in response
    ? response.$ref.slice(1)
    : `${found.pointer}/responses/${key}`;
}

function gatewayProblem(document: Document, answer: Answer): string | undefined {
  if (answer.headers["x-request-id"]) return "a function answered what the document does not know";
  return bodyProblem(document, "/components/schemas/GatewayAnswer", answer);
}

function problemWith(document: Document, pointer: string, answer: Answer): string | undefined {
  const { headers, content } = at(document, pointer);
  if (!content) return answer.text === "" ? headerProblem(headers, answer) : "has a body";
  const isOurs = answer.body !== null && typeof answer.body === "object" && !("message" in answer.body);
  return (
    (isOurs ? headerProblem(headers, answer) : undefined) ??
    bodyProblem(document, `${pointer}/content/${escaped("application/json")}/schema`, answer)
  );
}
