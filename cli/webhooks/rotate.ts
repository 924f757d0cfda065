import type { Command } from "commander";
import { integer } from "../option-values.ts";
import { shellCommand } from "../shell-command.ts";
import { webhookArgument, webhookNamesOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

interface RotateOptions {
  readonly graceHours?: number;
}

export function addRotate(webhooks: Command): void {
  webhooks
    .command("rotate")
    .description("Replace a webhook's secret. For a while both sign its deliveries.")
    .argument(...webhookArgument)
    .option(
      "--grace-hours <hours>",
      "how long the old secret signs too, 0 to 168 (default: 24)",
      integer,
    )
    .action((name: string, { graceHours }: RotateOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const names = await webhookNamesOf(client, name);
        const { secret: _unasked, ...rotated } = await client.rotateWebhookSecret({
          ...names,
          graceHours,
        });
        const until = rotated.previousSecretExpiresTime;
        output.show(rotated, `replaced; the old secret signs too until ${until}`);
        const show = shellCommand("webhooks secret", [name]);
        output.note(`The new one, for the receiver: ${show}`);
      }),
    );
}
