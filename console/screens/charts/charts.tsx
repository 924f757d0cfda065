import { useSignal } from "@preact/signals";
import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { LatencyChart } from "./latency-chart.tsx";
import { OutcomeChart } from "./outcome-chart.tsx";

interface ChartsProps {
  webhookId: string;
  deliveries: readonly DeliverySummary[];
}

/** What the loaded deliveries show over time. */
export function Charts({ webhookId, deliveries }: ChartsProps) {
  const isLatency = useSignal(false);
  if (deliveries.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="charts">
      <div class="card-head">
        <h2 id="charts">{isLatency.value ? "How long attempts took" : "How deliveries went"}</h2>
        <div class="segments">
          <button
            type="button"
            aria-pressed={!isLatency.value}
            onClick={() => (isLatency.value = false)}
          >
            Outcomes
          </button>
          <button
            type="button"
            aria-pressed={isLatency.value}
            onClick={() => (isLatency.value = true)}
          >
            Latency
          </button>
        </div>
      </div>
      {isLatency.value ? (
        <LatencyChart webhookId={webhookId} deliveries={deliveries} />
      ) : (
        <OutcomeChart deliveries={deliveries} />
      )}
    </section>
  );
}
