import type { Outcome } from "../domain/verdict.ts";
import { tooLongCode } from "./answer-bound.ts";
import { DnsFailure } from "./dns/dns-failure.ts";
import { refusedAddressCode } from "./guarded-connect.ts";

const known: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection reset",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  ETIMEDOUT: "connection timed out",
  UND_ERR_SOCKET: "connection closed before the answer was complete",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "answer shorter or longer than its content-length",
  [tooLongCode]: "answer with too many bytes before its status",
  UND_ERR_HEADERS_OVERFLOW: "answer with too many headers",
};

/**
 * What an error of the HTTP client says of the attempt. Only our own words and the error's code are
 * kept: its message may quote the receiver.
 */
export function outcomeOfError(error: unknown, timeoutMs: number): Outcome {
  if (error instanceof Error && error.name === "TimeoutError") {
    const late = `no full answer within ${timeoutMs / 1000} s`;
    return { kind: "unreachable", error: late, isTimeout: true };
  }
  if (error instanceof Error && error.name === "HTTPParserError") {
    return { kind: "unreachable", error: "the answer is not HTTP" };
  }
  if (error instanceof DnsFailure) {
    const { message, isTimeout } = error;
    return { kind: "unreachable", error: message, ...(isTimeout && { isTimeout }) };
  }
  const code = codeOf(error);
  if (code === refusedAddressCode) {
    return { kind: "refused", error: "the name resolves to an address that is not allowed" };
  }
  return { kind: "unreachable", error: known[code] ?? describe(code) };
}

/** Happy Eyeballs reports one error for each address it tried, all of a kind here. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.cause === undefined ? "" : codeOf(error.cause);
}

function describe(code: string): string {
  if (/CERT|TLS|SSL|EPROTO|ALTNAME|SIGN|ISSUER/.test(code)) return `TLS: ${code}`;
  return code === "" ? "the request failed" : `the request failed (${code})`;
}
