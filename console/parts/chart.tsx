import type { ComponentChildren } from "preact";
import { now } from "../state/now.ts";
import { timeText } from "../state/time-text.ts";
import { zone } from "../state/zone.ts";

interface ChartProps {
  /** What it shows, for those who cannot see it. */
  summary: string;
  /** Where the upper edge is, with its unit. */
  top: string;
  startTimeMs: number;
  endTimeMs: number;
  /** What each kind of mark stands for: class and words. */
  legend: Readonly<Record<string, string>>;
  /** Marks of SVG, placed in percent: lines and letters keep their size whatever the chart's. */
  marks: ComponentChildren;
  /** The same as a table. */
  table: ComponentChildren;
}

/** A frame with its scales, a legend in words and a table that says the same. */
export function Chart({ summary, top, startTimeMs, endTimeMs, legend, marks, table }: ChartProps) {
  const clock = (timeMs: number) =>
    timeText(timeMs, now.value, zone.value).replace(/(:\d\d):\d\d$/, "$1");
  return (
    <figure class="chart">
      <ul class="legend">
        {Object.entries(legend).map(([kind, words]) => (
          <li key={kind}>
            <span class={`mark ${kind}`} /> {words}
          </li>
        ))}
      </ul>
      <div class="plot">
        <span class="scale-top">{top}</span>
        <span class="scale-zero">0</span>
        <svg role="img" aria-label={summary}>
          <line x1="0" x2="100%" y1="0.5" y2="0.5" />
          <line x1="0" x2="100%" y1="50%" y2="50%" />
          <line class="axis" x1="0" x2="100%" y1="100%" y2="100%" />
          {marks}
        </svg>
        <span class="scale-start">{clock(startTimeMs)}</span>
        <span class="scale-end">{clock(endTimeMs)}</span>
      </div>
      <details>
        <summary>As a table</summary>
        {table}
      </details>
    </figure>
  );
}
