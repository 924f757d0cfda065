import { httpDateMs } from "./http-date.ts";

const maxWaitMs = 24 * 60 * 60 * 1000;

/** How long a `retry-after` header asks us to wait, at most a day; undefined when it makes no sense. */
export function retryAfterMs(header: string, nowMs: number): number | undefined {
  const wait = askedWaitMs(header.trim(), nowMs);
  return wait === undefined ? undefined : Math.min(Math.max(wait, 0), maxWaitMs);
}

function askedWaitMs(text: string, nowMs: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const dateMs = httpDateMs(text, nowMs);
  return dateMs === undefined ? undefined : dateMs - nowMs;
}
