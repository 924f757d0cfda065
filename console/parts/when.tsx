import { now } from "../state/now.ts";
import { agoText, fullTimeText, timeText } from "../state/time-text.ts";
import { zone } from "../state/zone.ts";

interface WhenProps {
  time: string;
  /** Tells how long ago it was, or how soon it will be; otherwise the clock's time, with the date where needed. */
  isAgo?: boolean;
  /** Leaves the seconds out. */
  isToTheMinute?: boolean;
}

/** A time of the API in the chosen zone; the whole of it shows on hover, and with the focus of its row. */
export function When({ time, isAgo, isToTheMinute }: WhenProps) {
  const timeMs = Date.parse(time);
  const clock = timeText(timeMs, now.value, zone.value);
  const shown = isToTheMinute ? clock.replace(/(:\d\d):\d\d$/, "$1") : clock;
  return (
    <time class="time" dateTime={time} title={fullTimeText(timeMs, zone.value)}>
      {isAgo ? agoText(timeMs, now.value) : shown}
    </time>
  );
}
