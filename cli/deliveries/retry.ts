import type { Command } from "commander";
import { HookcastError } from "../../client/errors.ts";
import { Failure } from "../output/failure.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

export function addRetry(deliveries: Command): void {
  deliveries
    .command("retry")
    .description("Send deliveries again, whatever their status.")
    .argument(...webhookArgument)
    .argument("<messages...>", "the messages' ids, msg_…")
    .action((webhook: string, messageIds: string[], _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, webhook);
        let refused = 0;
        for (const messageId of messageIds) {
          try {
            const retried = await client.retryDelivery({ webhookId, messageId });
            output.show(retried, `${messageId} is sent again`);
          } catch (error) {
            if (messageIds.length === 1 || !isOfOneDelivery(error)) throw error;
            refused += 1;
            output.note(`${messageId}: ${error.message} (${error.code})`);
            output.document({ messageId, error: { code: error.code, message: error.message } });
          }
        }
        if (refused > 0) {
          const message = `not sent again: ${refused} of ${messageIds.length} deliveries`;
          throw new Failure("incomplete", message);
        }
      }),
    );
}

/** Another delivery may well be sent, where this one is not known, or can no longer be sent. */
function isOfOneDelivery(error: unknown): error is HookcastError {
  if (!(error instanceof HookcastError) || error.code === undefined) return false;
  return [400, 404, 409].includes(error.status);
}
