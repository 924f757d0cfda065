import { AsyncContent } from "../../parts/async-content.tsx";
import { chosenTab, Tabs } from "../../parts/tabs.tsx";
import { type Range, ranges, useStats } from "../../state/webhooks/stats.ts";
import { AnswerChart } from "./answer-chart.tsx";
import { LatencyChart } from "./latency-chart.tsx";

const rangeTabs: Readonly<Record<Range, string>> = {
  "1h": ranges["1h"].words,
  "24h": ranges["24h"].words,
  "7d": ranges["7d"].words,
  "30d": ranges["30d"].words,
};
const kinds = { answers: "Answers", latency: "Latency" } as const;

/** What a webhook's attempts came to, over a range that the address keeps. */
export function StatsCharts({ webhookId }: { webhookId: string }) {
  const loaded = useStats(webhookId, chosenTab(rangeTabs, "range", "24h"));
  const kind = chosenTab(kinds, "chart");
  return (
    <section class="card stack" aria-labelledby="charts">
      <div class="card-head">
        <h2 id="charts">{kind === "latency" ? "Latency of attempts" : "Results of attempts"}</h2>
        <div class="actions">
          <Tabs label="Chart" tabs={kinds} field="chart" />
          <Tabs label="Range" tabs={rangeTabs} field="range" usual="24h" />
        </div>
      </div>
      <AsyncContent loaded={loaded} what="the counts">
        {(buckets) => {
          if (buckets === null) return <NotCounted />;
          return kind === "latency" ? (
            <LatencyChart buckets={buckets} />
          ) : (
            <AnswerChart buckets={buckets} />
          );
        }}
      </AsyncContent>
    </section>
  );
}

function NotCounted() {
  return (
    <p class="quiet">
      This deployment counts no deliveries: its setting <code>deliveryStats</code> is off.
    </p>
  );
}
