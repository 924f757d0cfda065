import type { Zone } from "./zone.ts";

/** A zone of the IANA database; undefined is the user's own. */
function timeZoneOf(zone: Zone): string | undefined {
  return zone === "UTC" ? "UTC" : undefined;
}

interface Parts extends Record<string, string | undefined> {
  readonly year: string;
}

/** Swedish writes dates as ISO 8601 does, which every reader sorts and nobody mistakes. */
function partsOf(timeMs: number, zone: Zone): Parts {
  const format = new Intl.DateTimeFormat("sv-SE", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
    timeZone: timeZoneOf(zone),
  });
  const parts = format.formatToParts(timeMs).map(({ type, value }) => [type, value]);
  return Object.fromEntries(parts);
}

/** The short name of the zone at that time: `CET`, `UTC`, `GMT+5:30`. */
export function zoneText(timeMs: number, zone: Zone): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZoneName: "short",
    timeZone: timeZoneOf(zone),
  });
  const name = format.formatToParts(timeMs).find(({ type }) => type === "timeZoneName");
  return name?.value ?? "";
}

/** A time with nothing left out: `2026-11-27 17:41:18 CET`. */
export function fullTimeText(timeMs: number, zone: Zone): string {
  const { year, month, day, hour, minute, second } = partsOf(timeMs, zone);
  return `${year}-${month}-${day} ${hour}:${minute}:${second} ${zoneText(timeMs, zone)}`;
}

/** A time with no more of the date than is needed: `17:41:18`, `11-27 17:41`, `2025-11-27 17:41`. */
export function timeText(timeMs: number, nowMs: number = Date.now(), zone: Zone = "local"): string {
  const then = partsOf(timeMs, zone);
  const now = partsOf(nowMs, zone);
  const clock = `${then.hour}:${then.minute}`;
  const isThisYear = then.year === now.year;
  if (isThisYear && then.month === now.month && then.day === now.day)
    return `${clock}:${then.second}`;
  const date = `${then.month}-${then.day}`;
  return isThisYear ? `${date} ${clock}` : `${then.year}-${date} ${clock}`;
}

const spans = [
  { unit: "day", short: "d", seconds: 86_400 },
  { unit: "hour", short: "h", seconds: 3600 },
  { unit: "minute", short: "min", seconds: 60 },
  { unit: "second", short: "s", seconds: 1 },
] as const;

function largest(ms: number) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const span = spans.find((each) => seconds >= each.seconds) ?? spans[3];
  return { ...span, count: Math.round(seconds / span.seconds) };
}

/** A span in its largest whole unit: `5 minutes`. */
export function spanText(ms: number): string {
  const { unit, count } = largest(ms);
  const style = { style: "unit", unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat("en", style).format(count);
}

/** How long ago, or how soon: `12 min ago`, `now`, `in 4 min`. */
export function agoText(timeMs: number, nowMs: number): string {
  const { short, count } = largest(Math.abs(nowMs - timeMs));
  if (count === 0) return "now";
  return timeMs > nowMs ? `in ${count} ${short}` : `${count} ${short} ago`;
}
