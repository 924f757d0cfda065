import { expect, test } from "vitest";
import { refusedAddressCode } from "../../../shared/http/dns/names.ts";
import { DnsFailure, noAnswerWithin } from "../../../shared/http/dns/query-name.ts";
import { outcomeOfError, outcomeWithIdentity } from "../../../shared/http/outcome.ts";

function coded(code: string, options: ErrorOptions = {}): Error {
  return Object.assign(new Error("secret of the receiver", options), { code });
}

/** As Node has the alerts of TLS 1.2. */
function alert(number: number): Error {
  const message = `write EPROTO 80CB:error:0A000412:SSL routines:ssl3_read_bytes:SSL alert number ${number}`;
  return Object.assign(new Error(message), { code: "EPROTO" });
}

function unreadable(reason: string): Error {
  const message = `80CB:error:0A0000C6:SSL routines:tls_get_more_records:${reason}:ssl/record.c:1:`;
  return Object.assign(new Error(message), { code: "EPROTO" });
}

test.each([
  [new DnsFailure("ENOTFOUND"), "DNS: no such name"],
  [new DnsFailure("ENODATA"), "DNS: the name has no address"],
  [new DnsFailure("ESERVFAIL"), "DNS: the name server failed"],
  [new DnsFailure("ECONNREFUSED"), "DNS: the name server cannot be reached"],
  [new DnsFailure("EODD"), "DNS: failed (EODD)"],
  [coded("ECONNREFUSED"), "connection refused"],
  [coded("ECONNRESET"), "connection reset"],
  [coded("EPIPE"), "connection reset"],
  [coded("CERT_HAS_EXPIRED"), "TLS: the receiver's certificate has expired (CERT_HAS_EXPIRED)"],
  [
    coded("DEPTH_ZERO_SELF_SIGNED_CERT"),
    "TLS: the receiver's certificate comes from an unknown authority (DEPTH_ZERO_SELF_SIGNED_CERT)",
  ],
  [
    coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
    "TLS: the receiver's certificate comes from an unknown authority (UNABLE_TO_VERIFY_LEAF_SIGNATURE)",
  ],
  [
    alert(45),
    "TLS: the receiver says that the client certificate has expired (ALERT_CERTIFICATE_EXPIRED)",
  ],
  [
    alert(48),
    "TLS: the receiver does not know who issued the client certificate (ALERT_UNKNOWN_CA)",
  ],
  [alert(42), "TLS: the receiver refuses the client certificate (ALERT_BAD_CERTIFICATE)"],
  [alert(40), "TLS: the receiver refuses the handshake (ALERT_HANDSHAKE_FAILURE)"],
  [alert(255), "TLS: EPROTO"],
  [
    coded("ERR_TLS_CERT_ALTNAME_INVALID"),
    "TLS: the receiver's certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID)",
  ],
  [
    coded("ERR_SSL_WRONG_VERSION_NUMBER"),
    "TLS: the receiver does not speak TLS at this port (ERR_SSL_WRONG_VERSION_NUMBER)",
  ],
  [
    unreadable("packet length too long"),
    "TLS: the receiver does not speak TLS at this port (PACKET_LENGTH_TOO_LONG)",
  ],
  [
    alert(70),
    "TLS: the receiver speaks no version of TLS that is accepted, 1.2 or 1.3 (ALERT_PROTOCOL_VERSION)",
  ],
  [unreadable("a secret of the receiver"), "TLS: EPROTO"],
  [coded("EODD"), "the request failed (EODD)"],
  [coded("HPE_INVALID_HEADER_TOKEN"), "the answer is not HTTP: bad header name"],
  [coded("HPE_ODD"), "the answer is not HTTP: HPE_ODD"],
  [
    coded("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"),
    "TLS: the receiver asks for a client certificate (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)",
  ],
  [
    new AggregateError([coded("ECONNREFUSED"), coded("ETIMEDOUT"), coded("ECONNREFUSED")]),
    "connection refused; connection timed out",
  ],
  [new Error("secret of the receiver"), "the request failed"],
  ["no error at all", "the request failed"],
])("says of %s: %s", (error, said) => {
  expect(outcomeOfError(error, 1_000)).toEqual({ kind: "unreachable", error: said });
});

test.each([40, 42, 46])("says by alert %i that the webhook has no client certificate", (number) => {
  const outcome = outcomeOfError(alert(number), 1_000);
  const said = outcome.kind === "unreachable" ? outcome.error : "";
  expect(outcomeWithIdentity(outcome, undefined, 0)).toEqual({
    kind: "unreachable",
    error: `${said}; the webhook has no client certificate`,
  });
});

test.each([
  coded("ECONNRESET"),
  coded("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"),
  alert(45),
  alert(70),
])("says of %s no word more where the webhook has no client certificate", (error) => {
  const outcome = outcomeOfError(error, 1_000);
  expect(outcomeWithIdentity(outcome, undefined, 0)).toEqual(outcome);
});

test("looks behind an error without a code, and into one of several addresses", () => {
  const reset = coded("ECONNRESET");
  const several = new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")]);
  expect(outcomeOfError(new Error("x", { cause: reset }), 1)).toMatchObject({
    error: "connection reset",
  });
  expect(outcomeOfError(several, 1)).toMatchObject({ error: "connection refused" });
});

test("says for how long an answer was waited for", () => {
  const error = new DOMException("The operation was aborted due to timeout", "TimeoutError");
  expect(outcomeOfError(error, 15_000)).toEqual({
    kind: "unreachable",
    error: "no full answer within 15 s",
    isTimeout: true,
  });
});

test("tells a name server that is silent from a receiver that is", () => {
  expect(outcomeOfError(noAnswerWithin(2_500), 15_000)).toEqual({
    kind: "unreachable",
    error: "DNS: no answer within 2.5 s",
    isTimeout: true,
  });
});

test("takes a refused address for a refusal, also when several addresses were tried", () => {
  for (const error of [
    coded(refusedAddressCode),
    new AggregateError([coded(refusedAddressCode)]),
  ]) {
    expect(outcomeOfError(error, 1)).toMatchObject({ kind: "refused" });
  }
});
