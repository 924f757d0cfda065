import type { Command } from "commander";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

export function addRetry(deliveries: Command): void {
  deliveries
    .command("retry")
    .description("Send deliveries again, whatever became of them.")
    .argument(...webhookArgument)
    .argument("<messages...>", "the messages' ids, msg_…")
    .action((webhook: string, messageIds: string[], _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, webhook);
        for (const messageId of messageIds) {
          const retried = await client.retryDelivery({ webhookId, messageId });
          output.show(retried, `${retried.messageId} is sent again`);
        }
      }),
    );
}
