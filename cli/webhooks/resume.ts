import type { Command } from "commander";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { healthFacts } from "./shown-webhook.ts";

export function addResume(webhooks: Command): void {
  webhooks
    .command("resume")
    .description("Send everything that waits for a webhook whose receiver works again.")
    .argument(...webhookArgument)
    .action((name: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, name);
        const health = await client.resumeWebhook({ webhookId });
        output.show(health, healthFacts(health));
      }),
    );
}
