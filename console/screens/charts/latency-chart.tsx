import type { StatsBucket } from "../../../shared/contract/stats.ts";
import { Chart } from "../../parts/chart.tsx";
import { now } from "../../state/now.ts";
import { timeText } from "../../state/time-text.ts";
import { zone } from "../../state/zone.ts";
import { NoAttempts } from "./no-attempts.tsx";

/** How long attempts took, by the stretches that had any: half of them, and all but five in a hundred. */
export function LatencyChart({ buckets }: { buckets: readonly StatsBucket[] }) {
  const known = buckets.flatMap(({ startTime, latencyMs }, index) =>
    latencyMs ? [{ startTime, ...latencyMs, place: (100 * (index + 0.5)) / buckets.length }] : [],
  );
  if (known.length === 0) return <NoAttempts />;
  const slowest = Math.max(1, ...known.map(({ p95 }) => p95));
  const tall = (ms: number) => `${100 - (94 * ms) / slowest}%`;
  return (
    <Chart
      summary={`${known.length} periods with attempts; the slowest 95th percentile is ${slowest} ms`}
      top={`${Math.round(slowest)} ms`}
      startTimeMs={Date.parse(buckets[0]?.startTime ?? "")}
      endTimeMs={now.value}
      legend={{ p50: "p50 (dot)", p95: "p95 (ring)" }}
      marks={known.map(({ startTime, p50, p95, place }) => (
        <g key={startTime}>
          <title>{`${timeText(Date.parse(startTime), now.peek(), zone.value)}: p50 ${p50} ms, p95 ${p95} ms`}</title>
          <line class="span" x1={`${place}%`} x2={`${place}%`} y1={tall(p50)} y2={tall(p95)} />
          <circle class="mark p95" cx={`${place}%`} cy={tall(p95)} r="3.5" />
          <circle class="mark p50" cx={`${place}%`} cy={tall(p50)} r="3.5" />
        </g>
      ))}
      table={<LatencyTable known={known} />}
    />
  );
}

interface Known {
  readonly startTime: string;
  readonly p50: number;
  readonly p95: number;
}

function LatencyTable({ known }: { known: readonly Known[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col" class="number">
            p50
          </th>
          <th scope="col" class="number">
            p95
          </th>
        </tr>
      </thead>
      <tbody>
        {known.map(({ startTime, p50, p95 }) => (
          <tr key={startTime}>
            <th scope="row">{timeText(Date.parse(startTime), now.value, zone.value)}</th>
            <td class="number">{p50} ms</td>
            <td class="number">{p95} ms</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
