import { type Command, InvalidArgumentError } from "commander";
import { type WebhookState, webhookStates } from "../../shared/contract/health.ts";
import { collect } from "../option-values.ts";
import { withService } from "../with-service.ts";
import {
  fullNameColumn,
  nameColumn,
  stateColumn,
  webhookColumns,
  withoutHeaderValues,
} from "./shown-webhook.ts";

interface ListOptions {
  readonly topic?: string;
  readonly state?: WebhookState[];
  readonly health?: true;
}

function states(text: string): WebhookState[] {
  const words = text.split(",");
  const known = webhookStates.filter((state) => words.includes(state));
  if (words.every((word) => known.some((state) => state === word))) return known;
  throw new InvalidArgumentError(`States are ${webhookStates.join(", ")}.`);
}

export function addList(webhooks: Command): void {
  webhooks
    .command("list")
    .description("List the webhooks of a cache, or of every cache of the key, by name.")
    .argument("[cache]", "the cache, the name of the tenant (default: all that the key covers)")
    .option("--topic <topic>", "only this topic")
    .option(
      "--state <states>",
      `only those in one of these states: ${webhookStates.join(", ")}; several with commas`,
      states,
    )
    .option("--health", "with their health")
    .action((cacheName: string | undefined, options: ListOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const { topic, state, health } = options;
        const include = health && ("health" as const);
        const asked = { topicName: topic, state, include };
        const all =
          cacheName === undefined
            ? client.listAllWebhooks(asked)
            : client.listWebhooks({ cacheName, ...asked });
        const found = await collect(all);
        const name = cacheName === undefined ? fullNameColumn : nameColumn;
        const columns = [name, ...(health ? [stateColumn] : []), ...webhookColumns];
        output.list(found.map(withoutHeaderValues), columns);
        if (found.length > 0) return;
        output.note(cacheName === undefined ? "No webhook." : `No webhook in ${cacheName}.`);
      }),
    );
}
