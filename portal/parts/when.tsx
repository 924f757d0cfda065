import { now } from "../../console/state/now.ts";
import { agoText, fullTimeText, timeText } from "../language/times.ts";

/** A time in the reader's zone and words; the whole of it shows on hover, and with the focus of its row. */
export function When({ time, isAgo }: { time: string; isAgo?: boolean }) {
  const timeMs = Date.parse(time);
  return (
    <time class="time" dateTime={time} title={fullTimeText(timeMs)}>
      {isAgo ? agoText(timeMs, now.value) : timeText(timeMs, now.value)}
    </time>
  );
}
