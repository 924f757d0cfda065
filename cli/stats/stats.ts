import { type Command, Option } from "commander";
import { type BucketUnit, bucketUnits, type StatsBucket } from "../../shared/contract/stats.ts";
import { moment } from "../moment.ts";
import type { Column } from "../output/table.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

interface StatsOptions {
  readonly since?: string;
  readonly until?: string;
  readonly by?: BucketUnit;
}

const columns: readonly Column<StatsBucket>[] = [
  { title: "START", cell: ({ startTime }) => startTime, isWhole: true },
  { title: "DELIVERED", cell: ({ delivered }) => delivered, isWhole: true },
  { title: "FAILED", cell: ({ failed }) => failed, isWhole: true },
  { title: "ATTEMPTS", cell: ({ attempts }) => attempts, isWhole: true },
  { title: "3xx", cell: ({ byStatus }) => byStatus["3xx"], isWhole: true },
  { title: "4xx", cell: ({ byStatus }) => byStatus["4xx"], isWhole: true },
  { title: "5xx", cell: ({ byStatus }) => byStatus["5xx"], isWhole: true },
  { title: "NONE", cell: ({ byStatus }) => byStatus.none, isWhole: true },
  { title: "P50", cell: ({ latencyMs }) => latencyMs?.p50, isWhole: true },
  { title: "P95", cell: ({ latencyMs }) => latencyMs?.p95, isWhole: true },
];

export function addStats(program: Command): void {
  program
    .command("stats")
    .description(
      "A webhook's deliveries over time: attempts by the status of their answer, and latencies in ms.",
    )
    .argument(...webhookArgument)
    .option("--since <time>", "from then on: 24h, or a time; default: 24h", moment)
    .option("--until <time>", "up to then", moment)
    .addOption(new Option("--by <unit>", "how long a line is about").choices(bucketUnits))
    .action((webhook: string, options: StatsOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, webhook);
        const { buckets } = await client.getWebhookStats({ webhookId, ...options });
        if (buckets === null) output.note("This deployment counts nothing: deliveryStats is off.");
        output.list(buckets ?? [], columns);
      }),
    );
}
