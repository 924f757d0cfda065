const today = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const thisYear = new Intl.DateTimeFormat(undefined, {
  ...{ month: "short", day: "numeric" },
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
});
const anyYear = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** A time as the user's clock shows it, with no more of the date than is needed. */
export function timeText(timeMs: number, nowMs: number = Date.now()): string {
  const time = new Date(timeMs);
  const now = new Date(nowMs);
  if (time.toDateString() === now.toDateString()) return today.format(time);
  return (time.getFullYear() === now.getFullYear() ? thisYear : anyYear).format(time);
}

/** As a control of the type `datetime-local` wants it. */
export function localTimeText(timeMs: number): string {
  const offsetMs = new Date(timeMs).getTimezoneOffset() * 60_000;
  return new Date(timeMs - offsetMs).toISOString().slice(0, 16);
}

/** What such a control says, as the API wants it; undefined where it says nothing. */
export function momentOf(localTime: string): string | undefined {
  return localTime === "" ? undefined : new Date(localTime).toISOString();
}

const spans = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3600 },
  { unit: "minute", seconds: 60 },
  { unit: "second", seconds: 1 },
] as const;

/** A span in its largest whole unit: `5 minutes`. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const { unit, seconds: size } = spans.find((span) => seconds >= span.seconds) ?? spans[3];
  const style = { style: "unit", unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat("en", style).format(Math.round(seconds / size));
}
