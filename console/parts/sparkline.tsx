import { countText } from "../state/numbers.ts";

/** Deliveries of one hour: those that arrived, and those that failed. */
export type Hour = readonly number[];

const [width, height] = [96, 20];
/** What little there was is to be seen beside what much there was. */
const leastPx = 1.5;

/** A day in bars, one an hour: delivered from the ground up, failed on top. */
export function Sparkline({ hours }: { hours: readonly Hour[] }) {
  const most = Math.max(1, ...hours.map(([delivered = 0, failed = 0]) => delivered + failed));
  const step = width / Math.max(1, hours.length);
  const tall = (count: number) => (count === 0 ? 0 : Math.max(leastPx, (height * count) / most));
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={summaryOf(hours)}
    >
      <line x1="0" x2={width} y1={height - 0.25} y2={height - 0.25} />
      {hours.map(([delivered = 0, failed = 0], index) => {
        const [good, bad] = [tall(delivered), tall(failed)];
        const place = { x: index * step, width: step - 1 };
        return (
          <g key={index}>
            {good > 0 && <rect class="mark delivered" {...place} y={height - good} height={good} />}
            {bad > 0 && (
              <rect
                class="mark failed"
                {...place}
                y={Math.max(0, height - good - bad)}
                height={bad}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

function summaryOf(hours: readonly Hour[]): string {
  const sum = (which: 0 | 1) => hours.reduce((total, hour) => total + (hour[which] ?? 0), 0);
  return `last 24 hours: ${countText(sum(0))} delivered, ${countText(sum(1))} failed`;
}
