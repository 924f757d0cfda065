import { signal } from "@preact/signals";

/** What has just come of something, for eyes and screen readers alike. */
export const announcement = signal("");

/** Long enough to read; what it says can be seen on the screen afterwards, too. */
const shownMs = 10_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string): void {
  clearTimeout(timer);
  announcement.value = text;
  if (text) timer = setTimeout(announce, shownMs, "");
}
