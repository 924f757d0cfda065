import { InvalidArgumentError } from "commander";

const unitsMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time as the contract writes it, of a time or of a span before now: 10m, 24h, 3d. */
export function moment(text: string): string {
  const [, count, unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const timeMs = count ? Date.now() - Number(count) * (unitsMs[unit] ?? 0) : Date.parse(text);
  if (!count && !/^\d{4}-\d\d-\d\d/.test(text)) throw notATime();
  if (Number.isNaN(timeMs)) throw notATime();
  return new Date(timeMs).toISOString();
}

function notATime(): InvalidArgumentError {
  return new InvalidArgumentError(
    "It is a span before now, as 10m, 24h or 3d, or an ISO 8601 time.",
  );
}
