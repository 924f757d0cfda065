import type { Command } from "commander";
import type { Client } from "../../client/client.ts";
import type { DeliverySummary } from "../../shared/contract/delivery.ts";
import { collect, moment } from "../option-values.ts";
import { stopSignal } from "../stop-signal.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { type DeliveryLog, followDeliveries, maxListed } from "./follow-deliveries.ts";
import { statusOption } from "./list.ts";
import { attemptLine, attemptsSince, deliveryLine } from "./shown-delivery.ts";

interface TailOptions {
  readonly status?: DeliverySummary["status"];
  readonly since?: string;
  readonly attempts?: true;
  readonly body?: true;
}

export function addTail(deliveries: Command): void {
  deliveries
    .command("tail")
    .description("Print deliveries as they are attempted, until Ctrl-C.")
    .argument(...webhookArgument)
    .addOption(statusOption())
    .option(
      "--since <time>",
      "begin with messages published at this time or later: 10m, or a time",
      moment,
    )
    .option(
      "--attempts",
      "print a line for each attempt; costs one more call for each changed delivery",
    )
    .option("--body", "the same, with the beginning of the receiver's answer")
    .action((webhook: string, options: TailOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const { status, since, body: withBody = false, attempts: isEach = withBody } = options;
        const signal = stopSignal();
        const webhookId = await webhookIdOf(client, webhook);
        const followed = followDeliveries(logOf(client, webhookId, signal), {
          ...{ since, nowMs: Date.now, signal },
          onBegun: () => output.note(`Following ${webhook}: Ctrl-C ends it.`),
        });
        const isShown = (one: Pick<DeliverySummary, "status">) =>
          status === undefined || one.status === status;
        for await (const { delivery, newsSinceMs } of followed) {
          if (!isEach) {
            if (isShown(delivery)) output.line(delivery, deliveryLine(delivery));
            continue;
          }
          const { messageId } = delivery;
          const whole = await client.getDelivery({ webhookId, messageId });
          for (const made of attemptsSince(whole, newsSinceMs, withBody).filter(isShown)) {
            output.line(made, attemptLine(made));
          }
        }
      }),
    );
}

function logOf(client: Client, webhookId: string, signal: AbortSignal): DeliveryLog {
  return {
    since: (since) => client.listDeliveries({ webhookId, since, limit: 100 }, { signal }),
    withStatus: (status) =>
      collect(
        client.listDeliveries({ webhookId, status, limit: maxListed }, { signal }),
        maxListed,
      ),
    get: (messageId) => client.getDelivery({ webhookId, messageId }, { signal }),
  };
}
