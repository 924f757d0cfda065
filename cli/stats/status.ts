import type { Command } from "commander";
import type { Overview } from "../../shared/contract/stats.ts";
import { isSuspendedWithCache } from "../../shared/contract/values/suspended.ts";
import { Failure } from "../output/failure.ts";
import { toneOf } from "../output/paint.ts";
import type { Column } from "../output/table.ts";
import { withService } from "../with-service.ts";

type WebhookRow = Overview["webhooks"][number];

const columns: readonly Column<WebhookRow>[] = [
  {
    title: "STATE",
    cell: ({ health }) => health.state,
    isWhole: true,
    tone: ({ health }) => toneOf(health.state),
  },
  {
    title: "WEBHOOK",
    cell: ({ cacheName, webhookName }) => `${cacheName}/${webhookName}`,
    ...{ cut: "middle", minWidth: 20 },
  },
  { title: "SINCE", cell: ({ health }) => health.since, isWhole: true, isTime: true },
  { title: "WAITING", cell: ({ health }) => health.waiting, isWhole: true, isNumber: true },
  { title: "LAST", cell: ({ health }) => lastOf(health) },
];

function lastOf(health: WebhookRow["health"]): string | number | null {
  if (isSuspendedWithCache(health)) return "cache suspended";
  return health.lastError ?? health.lastStatusCode;
}

const states = ["held", "failing", "limited", "disabled", "ok"] as const;

export function addStatus(program: Command): void {
  program
    .command("status")
    .description(
      "Show the health of all webhooks, the worst first. Exits with 9 if one fails or is held.",
    )
    .argument("[cache]", "only this cache")
    .action((cacheName: string | undefined, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const overview = await client.getOverview({ cacheName });
        const { counts, last24Hours, webhooks } = overview;
        output.document(overview);
        if (!output.isJson) {
          output.list(
            webhooks.filter(({ health }) => health.state !== "ok"),
            columns,
          );
        }
        output.line(
          undefined,
          states.map((state) => ({
            text: `${state} ${counts[state]}`,
            tone: counts[state] > 0 ? toneOf(state) : "quiet",
          })),
        );
        if (last24Hours) {
          const { delivered, failed } = last24Hours;
          output.sentence(`24 hours: ${delivered} delivered, ${failed} failed`);
        }
        const ill = counts.failing + counts.held;
        if (ill > 0) throw new Failure("failing", `failing or held webhooks: ${ill}`);
      }),
    );
}
