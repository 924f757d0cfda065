const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
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
  const monthNumber = String(months.indexOf(month) + 1).padStart(2, "0");
  const date = `${fullYear(year, nowMs)}-${monthNumber}-${day.trim().padStart(2, "0")}`;
  const text = `${date}T${clock}.000Z`;

  // 31 February parses as 3 March; what does not come back as it went in is no time.
  const timeMs = Date.parse(text);
  const isReal = !Number.isNaN(timeMs) && new Date(timeMs).toISOString() === text;
  return isReal ? timeMs : undefined;
}

/** Two digits that look more than 50 years ahead mean the past century, says the RFC. */
function fullYear(digits: string, nowMs: number): string {
  if (digits.length === 4) return digits;
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = Math.floor(thisYear / 100) * 100 + Number(digits);
  return String(year > thisYear + 50 ? year - 100 : year);
}
