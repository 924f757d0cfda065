import { Argument, type Command } from "commander";
import { WebhookStatus } from "../../shared/contract/values/webhook-values.ts";
import type { Webhook } from "../../shared/contract/webhook.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { statusOf } from "./shown-webhook.ts";

type Status = Webhook["webhookStatus"];

export function addStatus(webhooks: Command): void {
  webhooks
    .command("status")
    .description("Show whether a webhook is active, or activate or deactivate it.")
    .argument(...webhookArgument)
    .addArgument(new Argument("[status]", "the new status").choices(WebhookStatus.options))
    .action((name: string, wanted: Status | undefined, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, name);
        if (wanted) await client.updateWebhookStatus({ webhookId, webhookStatus: wanted });
        const found = wanted
          ? { webhookStatus: wanted }
          : await client.getWebhookDetails({ webhookId });
        const { webhookStatus, statusReason } = { statusReason: undefined, ...found };
        output.show({ webhookId, webhookStatus, statusReason }, statusOf(found));
      }),
    );
}
