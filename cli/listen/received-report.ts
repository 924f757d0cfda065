/** One request, and what was answered to it. */
export interface ReceivedReport {
  readonly time: string;
  readonly messageId: string | null;
  readonly bytes: number;
  readonly verified: boolean;
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
  const { time, messageId, bytes, verified, reason, statusCode, forwarded, body } = report;
  return [
    ...[time, messageId ?? "(no id)", `${bytes} bytes`],
    verified ? "verified" : `NOT verified: ${reason}`,
    statusCode === null ? "not answered" : `answered ${statusCode}`,
    ...(forwarded ? [forwarded.error ?? `forwarded in ${forwarded.latencyMs} ms`] : []),
    ...(body === undefined ? [] : [body]),
  ].join("  ");
}
