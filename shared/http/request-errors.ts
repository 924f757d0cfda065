import type { Outcome } from "../domain/attempts/verdict.ts";
import { tooLongCode } from "./connection.ts";
import { DnsFailure } from "./dns/dns-failure.ts";
import { refusedAddressCode } from "./guarded-lookup.ts";

const known: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection reset",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  EADDRNOTAVAIL: "network unreachable",
  ETIMEDOUT: "connection timed out",
  ERR_SOCKET_CONNECTION_TIMEOUT: "connection timed out",
  [tooLongCode]: "answer with too many bytes before its status",
  HPE_HEADER_OVERFLOW: "answer with too many headers",
};

/** What of an answer could not be parsed. */
const unparsed: Record<string, string> = {
  HPE_INVALID_CONSTANT: "bad status line",
  HPE_INVALID_VERSION: "bad version",
  HPE_INVALID_STATUS: "bad status",
  HPE_INVALID_HEADER_TOKEN: "bad header name",
  HPE_INVALID_CONTENT_LENGTH: "bad content-length",
  HPE_UNEXPECTED_CONTENT_LENGTH: "several content-lengths",
  HPE_INVALID_TRANSFER_ENCODING: "bad transfer-encoding",
  HPE_INVALID_EOF_STATE: "it ends in its head",
  HPE_LF_EXPECTED: "a line without its end",
  HPE_CR_EXPECTED: "a line without its end",
};

/**
 * What an error of the HTTP client says of the attempt. Only our own words and the error's code are
 * kept: its message may quote the receiver.
 */
export function outcomeOfError(error: unknown, timeoutMs: number): Outcome {
  const causes = causesOf(error);
  const late = causes.find(({ name }) => name === "TimeoutError");
  if (late) {
    const error = `no full answer within ${timeoutMs / 1000} s`;
    return { kind: "unreachable", error, isTimeout: true };
  }
  const dns = causes.find((cause) => cause instanceof DnsFailure);
  if (dns) {
    const { message, isTimeout } = dns;
    return { kind: "unreachable", error: message, ...(isTimeout && { isTimeout }) };
  }
  if (causes.some((cause) => codeOf(cause) === refusedAddressCode)) {
    return { kind: "refused", error: "the name resolves to an address that is not allowed" };
  }
  const kinds = new Set(causes.map(describe));
  return { kind: "unreachable", error: [...kinds].join("; ") || "the request failed" };
}

/** What is behind an error: one for each address that was tried. */
function causesOf(error: unknown): Error[] {
  if (error instanceof AggregateError) return error.errors.flatMap(causesOf);
  if (!(error instanceof Error)) return [];
  if (codeOf(error) === "" && error.cause !== undefined) return causesOf(error.cause);
  return [error];
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

function describe(error: Error): string {
  const code = codeOf(error);
  // Node has one code for both, but a reset comes from a system call.
  if (code === "ECONNRESET" && error.message === "socket hang up") {
    return "connection closed before the answer was complete";
  }
  const said = known[code];
  if (said) return said;
  if (code.startsWith("HPE_")) return `the answer is not HTTP: ${unparsed[code] ?? code}`;
  if (/CERTIFICATE_REQUIRED/.test(code)) return "TLS: the receiver asks for a client certificate";
  if (/CERT|TLS|SSL|EPROTO|ALTNAME|SIGN|ISSUER/.test(code)) return `TLS: ${code}`;
  return code === "" ? "the request failed" : `the request failed (${code})`;
}
