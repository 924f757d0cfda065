import type { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { AsyncContent } from "../../parts/async-content.tsx";
import { Chart } from "../../parts/chart.tsx";
import { type Latency, readLatencies, sampleSize } from "../../state/deliveries/latencies.ts";
import { useLoaded } from "../../state/loaded.ts";
import { spanText, timeText } from "../../state/time-text.ts";

interface LatencyChartProps {
  webhookId: string;
  deliveries: readonly DeliverySummary[];
}

/** How long the attempts of the newest deliveries took; it is read once, and again when asked. */
export function LatencyChart({ webhookId, deliveries }: LatencyChartProps) {
  const loaded = useLoaded(webhookId, (signal) => readLatencies(webhookId, deliveries, signal));
  return (
    <AsyncContent loaded={loaded} what="the attempts">
      {(latencies) => (
        <>
          {latencies.length === 0 ? (
            <p class="quiet">No attempt has been made yet.</p>
          ) : (
            <Plot latencies={latencies} />
          )}
          <button type="button" class="plain small" onClick={loaded.reload}>
            Read again
          </button>
        </>
      )}
    </AsyncContent>
  );
}

function Plot({ latencies }: { latencies: readonly Latency[] }) {
  const startTimeMs = latencies[0]?.attemptTimeMs ?? 0;
  const endTimeMs = latencies.at(-1)?.attemptTimeMs ?? 0;
  const spanMs = Math.max(1, endTimeMs - startTimeMs);
  const sorted = latencies.map(({ latencyMs }) => latencyMs).sort((one, other) => one - other);
  const slowest = Math.max(1, ...sorted);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return (
    <>
      <p class="quiet">
        {latencies.length} attempts of the newest {sampleSize} deliveries at most, within{" "}
        {spanText(endTimeMs - startTimeMs)}. Half of them took {median} ms or less.
      </p>
      <Chart
        summary={`${latencies.length} attempts, half within ${median} ms, the slowest ${slowest} ms`}
        top={`${slowest} ms`}
        startTimeMs={startTimeMs}
        endTimeMs={endTimeMs}
        legend={{ delivered: "delivered (dot)", failed: "not delivered (ring)" }}
        marks={latencies.map(({ attemptTimeMs, latencyMs, isDelivered }, index) => (
          <circle
            key={index}
            class={`mark ${isDelivered ? "delivered" : "failed"}`}
            cx={`${1 + (98 * (attemptTimeMs - startTimeMs)) / spanMs}%`}
            cy={`${96 - (92 * latencyMs) / slowest}%`}
            r="4.5"
          />
        ))}
        table={<LatencyTable latencies={latencies} />}
      />
    </>
  );
}

function LatencyTable({ latencies }: { latencies: readonly Latency[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Attempt at</th>
          <th scope="col">took</th>
          <th scope="col">and was</th>
        </tr>
      </thead>
      <tbody>
        {latencies.map(({ attemptTimeMs, latencyMs, isDelivered }, index) => (
          <tr key={index}>
            <th scope="row">{timeText(attemptTimeMs)}</th>
            <td>{latencyMs} ms</td>
            <td>{isDelivered ? "delivered" : "not delivered"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
