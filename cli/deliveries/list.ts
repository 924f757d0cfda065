import { type Command, Option } from "commander";
import type { DeliverySummary } from "../../shared/contract/delivery.ts";
import { ListDeliveriesQuery } from "../../shared/contract/operations/deliveries/list-deliveries.ts";
import type { EventCode } from "../../shared/contract/values/event.ts";
import { collect, event, moment, positiveInteger } from "../option-values.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { deliveryColumns } from "./shown-delivery.ts";

interface ListOptions {
  readonly status?: DeliverySummary["status"];
  readonly code?: string;
  readonly event?: EventCode;
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
}

const maxPage = 1_000;

export function statusOption(): Option {
  const statuses = ListDeliveriesQuery.shape.status.def.innerType.options;
  return new Option("--status <status>", "only deliveries with this status").choices(statuses);
}

export function addList(deliveries: Command): void {
  deliveries
    .command("list")
    .description("List a webhook's deliveries, newest published first.")
    .argument(...webhookArgument)
    .addOption(statusOption())
    .option("--code <code>", "only those whose last answer was 503, 5xx or the like, or none")
    .option("--event <event>", "only messages of this event", event)
    .option(
      "--since <time>",
      "only messages published at this time or later: 24h, or a time",
      moment,
    )
    .option("--until <time>", "only messages published before this time", moment)
    .option("--limit <number>", "the largest number of rows", positiveInteger, 50)
    .action((webhook: string, { limit, code, ...filter }: ListOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, webhook);
        const page = {
          webhookId,
          ...filter,
          lastStatusCode: code,
          limit: Math.min(limit, maxPage),
        };
        const found = await collect(client.listDeliveries(page), limit);
        output.list(found, deliveryColumns);
        if (found.length === 0)
          output.note("No deliveries. A delivery is listed after its first attempt.");
        if (found.length === limit) output.note(`There may be more: --limit ${limit} was reached.`);
      }),
    );
}
