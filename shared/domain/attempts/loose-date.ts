const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const iso =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[Tt ](?<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})? ?(?<zone>\S*))?$/;
const written =
  /^(?:[a-z]{3,9},? +)?(?<day>\d{1,2})[ -](?<month>[a-z]{3})[a-z]{0,6}\.?[ -](?<year>\d{4}) +(?<clock>\d\d?:\d\d(?::\d\d)?) *(?<zone>[a-z+-][^ ]*)?$/i;

/** Dates as they are met besides those of the standard: ISO 8601, other zones, one digit for a day. */
export function looseDateMs(text: string): number | undefined {
  const parts = (iso.exec(text) ?? written.exec(text))?.groups;
  if (!parts) return undefined;
  const { year = "", month = "", day = "", clock = "00:00", zone = "" } = parts;
  const monthNumber = /^\d/.test(month) ? Number(month) : months.indexOf(month.toLowerCase()) + 1;
  const offsetMs = offsetOf(zone);
  if (offsetMs === undefined || monthNumber === 0) return undefined;

  const date = `${year}-${twoDigits(monthNumber)}-${twoDigits(Number(day))}`;
  const [hours = "", minutes = "", seconds = "00"] = clock.split(":");
  const utc = `${date}T${twoDigits(Number(hours))}:${minutes}:${seconds}.000Z`;
  const timeMs = Date.parse(utc);
  // 31 February parses as 3 March; what does not come back as it went in is no time.
  const isReal = !Number.isNaN(timeMs) && new Date(timeMs).toISOString() === utc;
  return isReal ? timeMs - offsetMs : undefined;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** No zone at all means UTC, which is what dates of this header are in. */
function offsetOf(zone: string): number | undefined {
  if (/^(|z|ut|utc|gmt)$/i.test(zone)) return 0;
  const [, sign, hours, minutes = "0"] = /^(?:utc|gmt)?([+-])(\d\d):?(\d\d)?$/i.exec(zone) ?? [];
  if (hours === undefined) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
