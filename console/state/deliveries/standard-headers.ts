/** Those that every delivery carries; all others are the webhook's own. */
const standard = new Set([
  ...["accept", "accept-encoding", "connection", "content-length", "content-type", "host"],
  ...["momento-signature", "traceparent", "tracestate", "user-agent"],
]);

export function isStandardHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return standard.has(lower) || lower.startsWith("webhook-") || lower.startsWith("hookcast-");
}
