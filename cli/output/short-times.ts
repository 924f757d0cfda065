/**
 * Times of one column as a terminal has room for them, all alike: the clock's where all are of today, else day and
 * clock, with the year where it is not this one for all. The zone stays with them.
 */
export function shortTimes(times: readonly string[], nowMs: number): string[] {
  const now = new Date(nowMs).toISOString();
  const known = times.filter((time) => isoTime.test(time));
  if (known.every((time) => time.slice(0, 10) === now.slice(0, 10))) {
    return times.map((time) => (isoTime.test(time) ? `${time.slice(11, 19)}Z` : time));
  }
  // In whole, the year and the seconds would leave an error no room beside an id.
  const from = known.every((time) => time.slice(0, 4) === now.slice(0, 4)) ? 5 : 0;
  return times.map((time) =>
    isoTime.test(time) ? `${time.slice(from, 16).replace("T", " ")}Z` : time,
  );
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
