import type { StatsBucket } from "../../../shared/contract/stats.ts";
import { Chart } from "../../parts/chart.tsx";
import { now } from "../../state/now.ts";
import { countText } from "../../state/numbers.ts";
import { timeText } from "../../state/time-text.ts";
import { answerKinds, answerWords, sumOf } from "../../state/webhooks/stats.ts";
import { zone } from "../../state/zone.ts";
import { NoAttempts } from "./no-attempts.tsx";

/** Attempts by what came back, stacked, with those that arrived on the ground. */
export function AnswerChart({ buckets }: { buckets: readonly StatsBucket[] }) {
  const shown = answerKinds.filter((kind) => kind === "2xx" || sumOf(buckets, kind) > 0);
  if (buckets.every(({ attempts }) => attempts === 0)) return <NoAttempts />;
  const most = Math.max(1, ...buckets.map(({ attempts }) => attempts));
  const legend = shown.map((kind) => [
    `answer-${kind}`,
    `${countText(sumOf(buckets, kind))} ${answerWords[kind]}`,
  ]);
  return (
    <Chart
      summary={legend.map(([, words]) => words).join(", ")}
      top={countText(most)}
      startTimeMs={Date.parse(buckets[0]?.startTime ?? "")}
      endTimeMs={now.value}
      legend={Object.fromEntries(legend)}
      marks={buckets.map((bucket, index) => (
        <Bar
          key={bucket.startTime}
          bucket={bucket}
          left={(100 * index) / buckets.length}
          width={100 / buckets.length}
          most={most}
        />
      ))}
      table={<AnswerTable buckets={buckets} />}
    />
  );
}

interface BarProps {
  bucket: StatsBucket;
  /** Percent of the chart's width. */
  left: number;
  width: number;
  most: number;
}

/** One stretch of time, its answers on top of each other; pointing at it tells its numbers. */
function Bar({ bucket, left, width, most }: BarProps) {
  let bottom = 100;
  return (
    <g>
      <title>{barText(bucket)}</title>
      {/* Where there is little, there is still something to point at. */}
      <rect class="bar-ground" x={`${left}%`} width={`${width}%`} y="0" height="100%" />
      {answerKinds.map((kind) => {
        const height = (100 * bucket.byStatus[kind]) / most;
        bottom -= height;
        return (
          height > 0 && (
            <rect
              key={kind}
              class={`mark answer-${kind}`}
              x={`${left + width * 0.1}%`}
              width={`${width * 0.8}%`}
              y={`${bottom}%`}
              height={`${height}%`}
            />
          )
        );
      })}
    </g>
  );
}

function barText({ startTime, byStatus }: StatsBucket): string {
  const counts = answerKinds
    .filter((kind) => byStatus[kind] > 0)
    .map((kind) => `${byStatus[kind]} ${answerWords[kind]}`);
  const time = timeText(Date.parse(startTime), now.peek(), zone.value);
  return `${time}: ${counts.length === 0 ? "no attempt" : counts.join(", ")}`;
}

function AnswerTable({ buckets }: { buckets: readonly StatsBucket[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">From</th>
          {answerKinds.map((kind) => (
            <th key={kind} scope="col" class="number">
              {answerWords[kind]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buckets
          .filter(({ attempts }) => attempts > 0)
          .map(({ startTime, byStatus }) => (
            <tr key={startTime}>
              <th scope="row">{timeText(Date.parse(startTime), now.value, zone.value)}</th>
              {answerKinds.map((kind) => (
                <td key={kind} class="number">
                  {countText(byStatus[kind])}
                </td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
