import { httpDateMs } from "./http-date.ts";
import { looseDateMs } from "./loose-date.ts";

const maxWaitMs = 24 * 60 * 60 * 1000;

/**
 * How long a `retry-after` asks us to wait, at most a day; undefined when it makes no sense. Of a list the
 * first that makes sense counts.
 */
export function retryAfterMs(header: string, nowMs: number): number | undefined {
  const parts = header.slice(0, 512).split(",");
  // A date may hold a comma itself.
  const candidates = [header.slice(0, 512), ...parts, parts.slice(0, 2).join(",")];
  for (const candidate of candidates) {
    const wait = askedWaitMs(candidate.trim().replace(/^"(.*)"$/, "$1"), nowMs);
    if (wait !== undefined) return Math.min(Math.max(wait, 0), maxWaitMs);
  }
  return undefined;
}

/** Whoever writes such a number means a moment: as a wait it would be thirty years. */
const minEpochSeconds = 1_000_000_000;
const minEpochMs = minEpochSeconds * 1_000;
const maxEpochMs = minEpochMs * 10;

function askedWaitMs(text: string, nowMs: number): number | undefined {
  const [, digits] = /^\+?(\d+(?:\.\d*)?|\.\d+)(?: ?s(?:ec(?:ond)?s?)?)?$/i.exec(text) ?? [];
  if (digits !== undefined) return waitOfNumberMs(Number(digits), nowMs);
  const [, hours, minutes, seconds] =
    /^PT(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:\.\d{1,9})?)S)?$/.exec(text) ?? [];
  if (hours ?? minutes ?? seconds) {
    return (Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1_000;
  }
  const dateMs = httpDateMs(text, nowMs) ?? looseDateMs(text);
  return dateMs === undefined ? undefined : dateMs - nowMs;
}

function waitOfNumberMs(value: number, nowMs: number): number {
  if (value >= minEpochMs && value < maxEpochMs) return value - nowMs;
  if (value >= minEpochSeconds && value < maxEpochMs / 1_000) return value * 1_000 - nowMs;
  return Math.ceil(value * 1_000);
}

/** Some name their wait only in the body of a 429, as JSON: `retry_after`, or `parameters.retry_after`. */
export function bodyRetryAfter(body: string): string | undefined {
  if (!body.trimStart().startsWith("{")) return undefined;
  try {
    const value = JSON.parse(body);
    const asked = value.retry_after ?? value.parameters?.retry_after;
    return typeof asked === "number" || typeof asked === "string" ? String(asked) : undefined;
  } catch {
    return undefined;
  }
}
