import type { Command } from "commander";
import { confirm } from "../input.ts";
import { webhookArgument, webhookIdOf, webhookNamesOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { addCreate } from "./create.ts";
import { addList } from "./list.ts";
import { addPut } from "./put.ts";
import { addRotate } from "./rotate.ts";
import { healthFacts, webhookFacts, withoutHeaderValues } from "./shown-webhook.ts";
import { addStatus } from "./status.ts";
import { addTest } from "./test.ts";
import { addUpdate } from "./update.ts";

export function addWebhooks(program: Command): void {
  const webhooks = program
    .command("webhooks")
    .description("Manage webhooks: which messages they get, and where.");
  addPut(webhooks);
  addCreate(webhooks);
  addList(webhooks);
  addGet(webhooks);
  addUpdate(webhooks);
  addStatus(webhooks);
  addDelete(webhooks);
  addSecret(webhooks);
  addRotate(webhooks);
  addTest(webhooks);
  addResume(webhooks);
}

interface GetOptions {
  readonly headers?: true;
  readonly health?: true;
}

function addGet(webhooks: Command): void {
  webhooks
    .command("get")
    .description("Show a webhook with all its settings.")
    .argument(...webhookArgument)
    .option("--headers", "show the custom headers' values, which may be tokens")
    .option("--health", "with its health: since when it fails, why, and what waits")
    .action((name: string, { headers, health }: GetOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, name);
        const webhook = await client.getWebhookDetails({
          webhookId,
          include: health && "health",
        });
        const shown = headers ? webhook : withoutHeaderValues(webhook);
        const values = Object.entries(shown.config.customHeaders);
        output.show(shown, [
          ...webhookFacts(webhook),
          ...(webhook.health ? healthFacts(webhook.health) : []),
          ...(headers ? values.map(([header, value]) => [`  ${header}`, value] as const) : []),
        ]);
      }),
    );
}

function addSecret(webhooks: Command): void {
  webhooks
    .command("secret")
    .description("Print a webhook's secret, with which its receiver verifies deliveries.")
    .argument(...webhookArgument)
    .action((name: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const found = await client.getWebhookSecret(await webhookNamesOf(client, name));
        output.show(found, found.secret);
      }),
    );
}

function addResume(webhooks: Command): void {
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

interface DeleteOptions {
  readonly yes?: true;
}

function addDelete(webhooks: Command): void {
  webhooks
    .command("delete")
    .description("Delete a webhook. What still waits for it is not delivered.")
    .argument(...webhookArgument)
    .option("--yes", "do not ask")
    .action((name: string, { yes }: DeleteOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const names = await webhookNamesOf(client, name);
        const { cacheName, webhookName } = names;
        if (!yes) await confirm(`Delete ${cacheName}/${webhookName}?`);
        await client.deleteWebhook({ cacheName, webhookName });
        output.show({ cacheName, webhookName }, `deleted ${cacheName}/${webhookName}`);
      }),
    );
}
