/** As a control of the type `datetime-local` takes it. */
export function localTimeText(timeMs: number): string {
  const offsetMs = new Date(timeMs).getTimezoneOffset() * 60_000;
  return new Date(timeMs - offsetMs).toISOString().slice(0, 16);
}

/** What such a control says, as the API takes it; undefined where it says nothing. */
export function momentOf(localTime: string): string | undefined {
  return localTime === "" ? undefined : new Date(localTime).toISOString();
}
