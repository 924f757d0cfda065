import { timeText } from "../state/time-text.ts";

/** A time of the API in the user's own, with the original at hand. */
export function When({ time }: { time: string }) {
  return (
    <time dateTime={time} title={time}>
      {timeText(Date.parse(time))}
    </time>
  );
}
