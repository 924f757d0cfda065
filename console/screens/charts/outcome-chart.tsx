import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { Chart } from "../../parts/chart.tsx";
import { type OutcomeKind, outcomesOverTime, totalOf } from "../../state/deliveries/outcomes.ts";
import { spanText } from "../../state/time-text.ts";
import { OutcomeBar } from "./outcome-bar.tsx";
import { OutcomeTable } from "./outcome-table.tsx";

/** How the loaded deliveries stand, by the time of their publish. */
export function OutcomeChart({ deliveries }: { deliveries: readonly DeliverySummary[] }) {
  const { spanMs, stepMs, stretches } = outcomesOverTime(deliveries);
  const startTimeMs = stretches[0]?.startTimeMs ?? 0;
  const endTimeMs = (stretches.at(-1)?.startTimeMs ?? 0) + stepMs;
  const sumOf = (kind: OutcomeKind) => stretches.reduce((sum, stretch) => sum + stretch[kind], 0);
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
          <OutcomeBar
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
