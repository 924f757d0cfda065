import type { Command } from "commander";
import type { DeliverySummary } from "../../shared/contract/delivery.ts";
import { moment } from "../moment.ts";
import { stopSignal } from "../stop-signal.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { followDeliveries } from "./follow-deliveries.ts";
import { statusOption } from "./list.ts";
import { deliveryLine } from "./shown-delivery.ts";

interface TailOptions {
  readonly status?: DeliverySummary["status"];
  readonly since?: string;
}

export function addTail(deliveries: Command): void {
  deliveries
    .command("tail")
    .description("Print deliveries as their attempts are made, until Ctrl-C.")
    .argument(...webhookArgument)
    .addOption(statusOption())
    .option("--since <time>", "begin with those published then or later: 10m, or a time", moment)
    .action((webhook: string, { status, since }: TailOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const signal = stopSignal();
        const webhookId = await webhookIdOf(client, webhook);
        const list = (window: { since: string }) =>
          client.listDeliveries({ webhookId, ...window, limit: 100 }, { signal });
        const followed = followDeliveries(list, {
          ...{ since, nowMs: Date.now, signal },
          onBegun: () => output.note(`Following ${webhook}: Ctrl-C ends it.`),
        });
        for await (const delivery of followed) {
          if (status === undefined || delivery.status === status) {
            output.show(delivery, deliveryLine(delivery));
          }
        }
      }),
    );
}
