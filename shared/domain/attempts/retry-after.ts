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
  const spanMs = waitOfSpanMs(text);
  if (spanMs !== undefined) return spanMs;
  const dateMs = httpDateMs(text, nowMs) ?? looseDateMs(text);
  return dateMs === undefined ? undefined : dateMs - nowMs;
}

/** As ISO 8601, Go, .NET and people write it. */
const spans = [
  /^PT(?=\d)(?:(?<hours>\d{1,6})H)?(?:(?<minutes>\d{1,6})M)?(?:(?<seconds>\d{1,6}(?:\.\d{1,9})?)S)?$/,
  /^(?:(?<hours>\d{1,6})h)?(?:(?<minutes>\d{1,6})m)?(?<seconds>\d{1,6}(?:\.\d{1,9})?)s$/,
  /^(?:(?<days>\d{1,3})\.)?(?<hours>\d\d):(?<minutes>[0-5]\d):(?<seconds>[0-5]\d(?:\.\d{1,9})?)$/,
  /^(?<minutes>\d{1,6}) ?min(?:ute)?s?$/i,
  /^(?<hours>\d{1,6}) ?h(?:ou)?rs?$/i,
];

function waitOfSpanMs(text: string): number | undefined {
  for (const span of spans) {
    const parts = span.exec(text)?.groups;
    if (!parts) continue;
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = parts;
    const wholeHours = Number(days) * 24 + Number(hours);
    return (wholeHours * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  }
  return undefined;
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

const monthNames = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];
const clockPart = "(?<clock>\\d\\d:\\d\\d:\\d\\d)";

/** RFC 9110, 5.6.7: the form of today, and two obsolete ones that a recipient must still read. */
const forms = [
  new RegExp(`^\\w{3}, (?<day>\\d\\d) (?<month>\\w{3}) (?<year>\\d{4}) ${clockPart} GMT$`),
  new RegExp(`^\\w{6,9}, (?<day>\\d\\d)-(?<month>\\w{3})-(?<year>\\d\\d) ${clockPart} GMT$`),
  new RegExp(`^\\w{3} (?<month>\\w{3}) (?<day>[ \\d]\\d) ${clockPart} (?<year>\\d{4})$`),
];

/** `Date.parse` would take "5" for a month and read the third form in the machine's time zone. */
export function httpDateMs(text: string, nowMs: number): number | undefined {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts) return timeOf(parts, nowMs);
  }
  return undefined;
}

function timeOf(parts: Record<string, string>, nowMs: number): number | undefined {
  const { day = "", month = "", year = "", clock = "" } = parts;
  const monthNumber = twoDigits(monthNames.indexOf(month) + 1);
  const date = `${fullYear(year, nowMs)}-${monthNumber}-${day.trim().padStart(2, "0")}`;
  return utcMs(`${date}T${clock}.000Z`);
}

/** Two digits that look more than 50 years ahead mean the past century, says the RFC. */
function fullYear(digits: string, nowMs: number): string {
  if (digits.length === 4) return digits;
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = Math.floor(thisYear / 100) * 100 + Number(digits);
  return String(year > thisYear + 50 ? year - 100 : year);
}

const iso =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[Tt ](?<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})? ?(?<zone>\S*?)(?: UTC|\[[^\]]*\])?)?$/;
const written =
  /^(?:[a-z]{3,9},? +)?(?<day>\d{1,2})[ -](?<month>[a-z]{3})[a-z]{0,6}\.?[ -](?<year>\d{4}) +(?<clock>\d\d?:\d\d(?::\d\d)?) *(?<zone>[a-z+-][^ ]*)?$/i;

/** What `String` makes of a date in JavaScript. */
const script =
  /^[a-z]{3} (?<month>[a-z]{3}) (?<day>\d\d) (?<year>\d{4}) (?<clock>\d\d:\d\d:\d\d) (?<zone>GMT[+-]\d{4})(?: \(.*\))?$/i;

/** Dates as they are met besides those of the standard: ISO 8601, other zones, one digit for a day. */
function looseDateMs(text: string): number | undefined {
  const parts = (iso.exec(text) ?? written.exec(text) ?? script.exec(text))?.groups;
  if (!parts) return undefined;
  const { year = "", month = "", day = "", clock = "00:00", zone = "" } = parts;
  const monthNumber = /^\d/.test(month) ? Number(month) : monthNumberOf(month);
  const offsetMs = offsetOf(zone);
  if (offsetMs === undefined || monthNumber === 0) return undefined;

  const date = `${year}-${twoDigits(monthNumber)}-${twoDigits(Number(day))}`;
  const [hours = "", minutes = "", seconds = "00"] = clock.split(":");
  const timeMs = utcMs(`${date}T${twoDigits(Number(hours))}:${minutes}:${seconds}.000Z`);
  return timeMs === undefined ? undefined : timeMs - offsetMs;
}

/** 31 February parses as 3 March; what does not come back as it went in is no time. */
function utcMs(text: string): number | undefined {
  const timeMs = Date.parse(text);
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString() === text ? timeMs : undefined;
}

function monthNumberOf(name: string): number {
  return monthNames.findIndex((known) => known.toLowerCase() === name.toLowerCase()) + 1;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** Hours from UTC: those that RFC 822 names. */
const namedZones: Readonly<Record<string, number>> = {
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5 },
  ...{ MST: -7, MDT: -6, PST: -8, PDT: -7 },
};

/** No zone at all means UTC, which is what dates of this header are in. */
function offsetOf(zone: string): number | undefined {
  if (/^(|z|ut|utc|gmt)$/i.test(zone)) return 0;
  const named = namedZones[zone.toUpperCase()];
  if (named !== undefined) return named * 3_600_000;
  const [, sign, hours, minutes = "0"] = /^(?:utc|gmt)?([+-])(\d\d):?(\d\d)?$/i.exec(zone) ?? [];
  if (hours === undefined) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
