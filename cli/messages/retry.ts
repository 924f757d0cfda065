import type { Command } from "commander";
import { heldNote } from "../deliveries/recover.ts";
import { collect } from "../option-values.ts";
import { Failure } from "../output/failure.ts";
import { shellCommand } from "../shell-command.ts";
import { type Session, withService } from "../with-service.ts";

/** The most that one call takes. */
const atOnce = 100;

interface MessageName {
  readonly cacheName: string;
  readonly messageId: string;
}

export function addRetryOf(messages: Command): void {
  messages
    .command("retry")
    .description("Send a message again, to the webhooks named or to all where it failed.")
    .argument("<cache>", "the cache that it was published to")
    .argument("<message>", "the message's id, msg_…")
    .argument("[webhooks...]", "names or ids of webhooks that have had it")
    .action(
      (
        cacheName: string,
        messageId: string,
        names: string[],
        _options: unknown,
        command: Command,
      ) =>
        withService(command, async (session) => {
          const message = { cacheName, messageId };
          const chosen = await chosenWebhooks(session, message, names);
          if (chosen.size === 0) session.output.note("No delivery of it has failed.");
          else await retry(session, message, chosen);
        }),
    );
}

/** The names of those to send to, by their ids. */
async function chosenWebhooks(
  { client }: Session,
  message: MessageName,
  names: readonly string[],
): Promise<Map<string, string>> {
  const deliveries = await collect(client.getMessageDeliveries(message));
  const isNamed = (name: string) => (delivery: (typeof deliveries)[number]) =>
    delivery.webhookId === name || delivery.id.webhookName === name;
  const unknown = names.find((name) => !deliveries.some(isNamed(name)));
  if (unknown !== undefined) {
    const list = shellCommand("messages deliveries", [message.cacheName, message.messageId]);
    const advice = `\`${list}\` shows where it went.`;
    throw new Failure("notFound", `the message has not gone to ${unknown}`, { advice });
  }
  const chosen =
    names.length === 0
      ? deliveries.filter(({ status }) => status === "failed")
      : names.flatMap((name) => deliveries.find(isNamed(name)) ?? []);
  return new Map(chosen.map(({ webhookId, id }) => [webhookId, id.webhookName]));
}

async function retry(
  { client, output }: Session,
  message: MessageName,
  chosen: ReadonlyMap<string, string>,
): Promise<void> {
  const ids = [...chosen.keys()];
  let refused = 0;
  let isHeld = false;
  for (let start = 0; start < ids.length; start += atOnce) {
    const webhookIds = ids.slice(start, start + atOnce);
    const { results } = await client.retryMessage({ ...message, webhookIds });
    for (const result of results) {
      const name = chosen.get(result.webhookId) ?? result.webhookId;
      if (result.error) {
        refused += 1;
        output.note(`${name}: ${result.error.message} (${result.error.code})`);
        output.document(result);
      } else {
        output.show(result, `${name} ${result.held ? "has it queued" : "is sent it again"}`);
        isHeld ||= result.held === true;
      }
    }
  }
  if (isHeld) output.note(heldNote);
  if (refused > 0) {
    throw new Failure("incomplete", `not sent again: to ${refused} of ${ids.length} webhooks`);
  }
}
