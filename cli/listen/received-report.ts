import type { SignatureCheck } from "../check-signatures.ts";

/** One request, and what was answered to it. */
export interface ReceivedReport {
  readonly time: string;
  readonly messageId: string | null;
  /** How often the message has come, and was verified, since the command began; 0 where it was not. */
  readonly attempt: number;
  readonly bytes: number;
  readonly contentType: string | null;
  readonly verified: boolean;
  readonly signatures: SignatureCheck["signatures"];
  /** Null where it is verified. */
  readonly reason: string | null;
  /** Null where the sender did not wait for an answer. */
  readonly statusCode: number | null;
  /** Null where it was not forwarded. */
  readonly forwarded: { readonly latencyMs: number; readonly error: string | null } | null;
  /** Only where it was asked for. */
  readonly body?: string;
}

export function receivedLine(report: ReceivedReport): string {
  const { time, messageId, attempt, bytes, contentType, statusCode, forwarded, body } = report;
  return [
    ...[time, messageId ?? "(no id)", `attempt ${attempt || "-"}`, `${bytes} bytes`],
    ...[contentType ?? "(no content type)", verdictText(report)],
    statusCode === null ? "not answered" : `answered ${statusCode}`,
    ...(forwarded ? [forwarded.error ?? `forwarded in ${forwarded.latencyMs} ms`] : []),
    ...(body === undefined ? [] : [body]),
  ].join("  ");
}

/** `webhook-signature` alone makes it genuine; that the other one does not fit would be found out by its readers. */
function verdictText({ verified, reason, signatures }: ReceivedReport): string {
  if (!verified) return `NOT verified: ${reason}`;
  const isMisfit = signatures.some(({ header, fits }) => header === "momento-signature" && !fits);
  return isMisfit ? "verified, but momento-signature does not match" : "verified";
}
