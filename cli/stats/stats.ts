import { type Command, Option } from "commander";
import { type BucketUnit, bucketUnits, type StatsBucket } from "../../shared/contract/stats.ts";
import { moment } from "../option-values.ts";
import type { Column } from "../output/table.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

interface StatsOptions {
  readonly since?: string;
  readonly until?: string;
  readonly by?: BucketUnit;
}

const number = { isWhole: true, isNumber: true } as const;

const columns: readonly Column<StatsBucket>[] = [
  { title: "START", cell: ({ startTime }) => startTime, isWhole: true, isTime: true },
  { title: "DELIVERED", cell: ({ delivered }) => delivered, ...number },
  { title: "FAILED", cell: ({ failed }) => failed, ...number },
  { title: "ATTEMPTS", cell: ({ attempts }) => attempts, ...number },
  { title: "3xx", cell: ({ byStatus }) => byStatus["3xx"], ...number, spare: 1 },
  { title: "4xx", cell: ({ byStatus }) => byStatus["4xx"], ...number },
  { title: "5xx", cell: ({ byStatus }) => byStatus["5xx"], ...number },
  { title: "NONE", cell: ({ byStatus }) => byStatus.none, ...number },
  { title: "P50", cell: ({ latencyMs }) => latencyMs?.p50, ...number, spare: 2 },
  { title: "P95", cell: ({ latencyMs }) => latencyMs?.p95, ...number, spare: 3 },
];

export function addStats(program: Command): void {
  program
    .command("stats")
    .description("Show a webhook's deliveries over time: attempts by status, and latencies in ms.")
    .argument(...webhookArgument)
    .option("--since <time>", "from this time on: 24h, or a time (default: 24h)", moment)
    .option("--until <time>", "up to this time", moment)
    .addOption(new Option("--by <unit>", "the period of each line").choices(bucketUnits))
    .action((webhook: string, options: StatsOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, webhook);
        const { buckets } = await client.getWebhookStats({ webhookId, ...options });
        if (buckets === null) output.note("This deployment counts nothing: deliveryStats is off.");
        output.list(buckets ?? [], columns);
      }),
    );
}
