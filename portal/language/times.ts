import { language } from "./language.ts";

const spans = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3600 },
  { unit: "minute", seconds: 60 },
  { unit: "second", seconds: 1 },
] as const;

function largest(ms: number) {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const span = spans.find((each) => seconds >= each.seconds) ?? spans[3];
  return { ...span, count: Math.round(seconds / span.seconds) };
}

/** How long ago, or how soon, in the reader's words. */
export function agoText(timeMs: number, nowMs: number): string {
  const { unit, count } = largest(nowMs - timeMs);
  const format = new Intl.RelativeTimeFormat(language.value.locale, {
    ...{ numeric: "auto", style: "short" },
  });
  return format.format(timeMs > nowMs ? count : -count, unit);
}

/** A time with nothing left out, the zone included. */
export function fullTimeText(timeMs: number): string {
  return new Intl.DateTimeFormat(language.value.locale, {
    ...{ year: "numeric", month: "short", day: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" },
  }).format(timeMs);
}

/** The clock's time, with the date where it is not of today. */
export function timeText(timeMs: number, nowMs: number): string {
  const isToday = new Date(timeMs).toDateString() === new Date(nowMs).toDateString();
  return new Intl.DateTimeFormat(language.value.locale, {
    ...(!isToday && { month: "short", day: "numeric" }),
    ...{ hour: "2-digit", minute: "2-digit" },
    ...(isToday && { second: "2-digit" }),
  }).format(timeMs);
}

/** How long something took: `48 ms`. */
export function millisecondsText(ms: number): string {
  const style = { style: "unit", unit: "millisecond" } as const;
  return new Intl.NumberFormat(language.value.locale, style).format(ms);
}
