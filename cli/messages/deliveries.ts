import type { Command } from "commander";
import type { MessageDelivery } from "../../shared/contract/operations/messages/get-message-deliveries.ts";
import { collect } from "../collect.ts";
import { toneOf } from "../output/paint.ts";
import type { Column } from "../output/table.ts";
import { withService } from "../with-service.ts";

const columns: readonly Column<MessageDelivery>[] = [
  { title: "WEBHOOK", cell: ({ id }) => id.webhookName, cut: "middle", minWidth: 16 },
  {
    title: "STATUS",
    cell: ({ status }) => status,
    isWhole: true,
    tone: ({ status }) => toneOf(status),
  },
  {
    title: "ATTEMPTS",
    cell: ({ attemptCount }) => attemptCount,
    ...{ isWhole: true, isNumber: true, spare: 2 },
  },
  {
    title: "LAST ATTEMPT",
    cell: ({ lastAttemptTime }) => lastAttemptTime,
    ...{ isWhole: true, isTime: true, spare: 1 },
  },
  { title: "ERROR", cell: ({ error }) => error },
  { title: "ID", cell: ({ webhookId }) => webhookId, isWhole: true },
];

export function addDeliveriesOf(messages: Command): void {
  messages
    .command("deliveries")
    .description("Show where a message went, and how it was delivered there.")
    .argument("<cache>", "the cache that it was published to")
    .argument("<message>", "the message's id, msg_…")
    .action((cacheName: string, messageId: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const found = await collect(client.getMessageDeliveries({ cacheName, messageId }));
        output.list(found, columns);
        if (found.length === 0) output.note("No webhook received it.");
      }),
    );
}
