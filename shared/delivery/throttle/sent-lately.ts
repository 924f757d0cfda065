/** What this environment has posted lately, by webhook: kept in memory alone, so it costs no call. */
export interface SentLately {
  note(webhookId: string, nowMs: number): void;
  perSecond(webhookId: string, nowMs: number): number;
}

const windowMs = 1_000;
const maxRemembered = 1_000;

export function openSentLately(): SentLately {
  const sent = new Map<string, number[]>();

  const recent = (webhookId: string, nowMs: number) =>
    (sent.get(webhookId) ?? []).filter((timeMs) => Math.abs(nowMs - timeMs) < windowMs);

  return {
    note(webhookId, nowMs) {
      if (sent.size >= maxRemembered) sent.clear();
      sent.set(webhookId, [...recent(webhookId, nowMs), nowMs]);
    },
    perSecond: (webhookId, nowMs) => recent(webhookId, nowMs).length,
  };
}
