import type { CapturedRequest } from "../check-signatures.ts";
import { Failure } from "../output/failure.ts";

const requestLine = /^[A-Z]+ \S+ HTTP\/[\d.]+$/;
const headerLine = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/;

/** A request as text: perhaps a request line, headers, an empty line, and then the body to the end. */
export function parseRawRequest(bytes: Buffer): CapturedRequest {
  const [, head = "", gap = ""] = /^(.*?)(\r?\n\r?\n)/s.exec(bytes.toString("latin1")) ?? [];
  const lines = head.split(/\r?\n/);
  if (requestLine.test(lines[0] ?? "")) lines.shift();
  const headers = lines.map((line) => headerLine.exec(line));
  if (gap === "" || !headers.every((header) => header !== null)) {
    const advice = "It must be one header on each line, an empty line, and the raw body.";
    throw new Failure("usage", "this is not a request", { advice });
  }
  const named = headers.map(([, name = "", value = ""]) => [name.toLowerCase(), value]);
  return bodyOf(Object.fromEntries(named), bytes.subarray(head.length + gap.length));
}

/** Editors end a file with a newline, which the length that came with the request does not count. */
function bodyOf(headers: Record<string, string>, rest: Buffer): CapturedRequest {
  const length = Number(headers["content-length"] ?? rest.length);
  if (Number.isNaN(length) || length > rest.length) {
    throw new Failure("usage", `the body has ${rest.length} bytes, and content-length is another`);
  }
  return { headers, body: rest.subarray(0, length) };
}
