import { InvalidArgumentError } from "commander";

const unitsMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** With its zone, for whoever reads it may be in another; a date alone is that of UTC. */
const isoTime = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** A time as the contract writes it, of a time or of a span before now: 10m, 24h, 3d. */
export function moment(text: string): string {
  const [, count, unit = ""] = /^(\d{1,5})([smhd])$/.exec(text) ?? [];
  if (count) return new Date(Date.now() - Number(count) * (unitsMs[unit] ?? 0)).toISOString();
  const [, date] = isoTime.exec(text) ?? [];
  if (date === undefined || !isDate(date) || Number.isNaN(Date.parse(text))) throw notATime();
  return new Date(text).toISOString();
}

/** The parser of dates takes February 31 for March 2. */
function isDate(date: string): boolean {
  const timeMs = Date.parse(date);
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString().startsWith(date);
}

function notATime(): InvalidArgumentError {
  return new InvalidArgumentError(
    "It must be a span before now, such as 10m, 24h or 3d, or a time with its zone, such as " +
      "2024-01-24T23:20:28Z.",
  );
}
