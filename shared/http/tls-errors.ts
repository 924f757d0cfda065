/** The alerts that end a handshake before Node has a code for them (RFC 8446, section 6). */
const alerts: Record<string, string> = {
  40: "HANDSHAKE_FAILURE",
  42: "BAD_CERTIFICATE",
  43: "UNSUPPORTED_CERTIFICATE",
  44: "CERTIFICATE_REVOKED",
  45: "CERTIFICATE_EXPIRED",
  46: "CERTIFICATE_UNKNOWN",
  48: "UNKNOWN_CA",
  49: "ACCESS_DENIED",
  70: "PROTOCOL_VERSION",
  80: "INTERNAL_ERROR",
  112: "UNRECOGNIZED_NAME",
};

/** What TLS says: first the receiver of us, in its alerts, and then we of the receiver. */
const words: readonly (readonly [RegExp, string])[] = [
  [/ALERT_CERTIFICATE_REQUIRED/, "the receiver asks for a client certificate"],
  [/ALERT_CERTIFICATE_EXPIRED/, "the receiver says that the client certificate has expired"],
  [/ALERT_CERTIFICATE_REVOKED/, "the receiver says that the client certificate was revoked"],
  [/ALERT_UNKNOWN_CA/, "the receiver does not know who issued the client certificate"],
  [
    /ALERT_(BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/,
    "the receiver refuses the client certificate",
  ],
  [/ALERT_HANDSHAKE_FAILURE/, "the receiver refuses the handshake"],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/, "the receiver does not speak TLS at this port"],
  [
    /ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/,
    "the receiver speaks no version of TLS that is accepted, 1.2 or 1.3",
  ],
  [/^CERT_HAS_EXPIRED$/, "the receiver's certificate has expired"],
  [/ALTNAME_INVALID/, "the receiver's certificate is for another name"],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY_LEAF/,
    "the receiver's certificate comes from an unknown authority",
  ],
];

export function isTlsCode(code: string): boolean {
  return /CERT|TLS|SSL|EPROTO|ALTNAME|SIGN|ISSUER/.test(code);
}

/** An error of TLS in our own words, with its code; of the message nothing is kept but the number of an alert. */
export function describeTls(code: string, message: string): string {
  const name = code === "EPROTO" ? nameOf(message) : code;
  const said = words.find(([pattern]) => pattern.test(name))?.[1];
  return said ? `TLS: ${said} (${name})` : `TLS: ${name}`;
}

/** The alert that the receiver sent, or what OpenSSL could not read; of what else there is, nothing. */
function nameOf(message: string): string {
  const [, alert = ""] = /SSL alert number (\d+)/.exec(message) ?? [];
  if (alerts[alert]) return `ALERT_${alerts[alert]}`;
  const [, reason = ""] =
    /:SSL routines:[^:]*:(wrong version number|packet length too long|unsupported protocol):/.exec(
      message,
    ) ?? [];
  return reason === "" ? "EPROTO" : reason.toUpperCase().replaceAll(" ", "_");
}
