import type { DeliverySummary } from "../../shared/contract/delivery-log.ts";
import { Chart } from "../parts/chart.tsx";
import { type Outcomes, outcomesOverTime } from "../state/outcomes.ts";
import { spanText, timeText } from "../state/time-text.ts";

/** From the ground up. */
const kinds = ["delivered", "waiting", "failed"] as const;

/** How the loaded deliveries stand, by the time of their publish. */
export function OutcomeChart({ deliveries }: { deliveries: readonly DeliverySummary[] }) {
  const { spanMs, stepMs, stretches } = outcomesOverTime(deliveries);
  const startTimeMs = stretches[0]?.startTimeMs ?? 0;
  const endTimeMs = (stretches.at(-1)?.startTimeMs ?? 0) + stepMs;
  const sumOf = (kind: (typeof kinds)[number]) =>
    stretches.reduce((sum, stretch) => sum + stretch[kind], 0);
  const most = Math.max(...stretches.map(totalOf));
  return (
    <>
      <p class="quiet">
        {deliveries.length === 1
          ? "The delivery loaded so far"
          : `The ${deliveries.length} deliveries loaded so far, published within ${spanText(spanMs)}`}
        ; each bar is {spanText(stepMs)}.
      </p>
      <Chart
        summary={`${sumOf("delivered")} delivered, ${sumOf("waiting")} waiting, ${sumOf("failed")} failed`}
        top={String(most)}
        startTimeMs={startTimeMs}
        endTimeMs={endTimeMs}
        legend={{
          delivered: `${sumOf("delivered")} delivered`,
          waiting: `${sumOf("waiting")} waiting for an attempt`,
          failed: `${sumOf("failed")} failed`,
        }}
        marks={stretches.map((stretch, index) => (
          <Bar
            key={stretch.startTimeMs}
            stretch={stretch}
            left={(100 * index) / stretches.length}
            width={100 / stretches.length}
            most={most}
          />
        ))}
        table={<OutcomeTable stretches={stretches} />}
      />
    </>
  );
}

interface BarProps {
  stretch: Outcomes;
  /** Percent of the chart's width. */
  left: number;
  width: number;
  most: number;
}

function Bar({ stretch, left, width, most }: BarProps) {
  let bottom = 100;
  return (
    <>
      {kinds.map((kind) => {
        const height = (100 * stretch[kind]) / most;
        bottom -= height;
        return (
          height > 0 && (
            <rect
              key={kind}
              class={`mark ${kind}`}
              x={`${left + width * 0.1}%`}
              width={`${width * 0.8}%`}
              y={`${bottom}%`}
              height={`${height}%`}
            />
          )
        );
      })}
    </>
  );
}

function OutcomeTable({ stretches }: { stretches: readonly Outcomes[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">From</th>
          {kinds.map((kind) => (
            <th key={kind} scope="col">
              {kind}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {stretches
          .filter((stretch) => totalOf(stretch) > 0)
          .map((stretch) => (
            <tr key={stretch.startTimeMs}>
              <th scope="row">{timeText(stretch.startTimeMs)}</th>
              {kinds.map((kind) => (
                <td key={kind}>{stretch[kind]}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function totalOf({ delivered, waiting, failed }: Outcomes): number {
  return delivered + waiting + failed;
}
