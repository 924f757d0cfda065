import type { Command } from "commander";
import type { GetMessageResponse } from "../../shared/contract/operations/messages/get-message.ts";
import type { MessageDelivery } from "../../shared/contract/operations/messages/get-message-deliveries.ts";
import { memberTexts } from "../../shared/contract/values/json-text.ts";
import { collect } from "../option-values.ts";
import { toneOf } from "../output/paint.ts";
import type { Column } from "../output/table.ts";
import { shellCommand } from "../shell-command.ts";
import { withService } from "../with-service.ts";
import { addList } from "./list.ts";
import { addRetryOf } from "./retry.ts";

export function addMessages(program: Command): void {
  const messages = program
    .command("messages")
    .description("Show what was published, while it is stored, and send it again.");
  addList(messages);
  addGet(messages);
  addDeliveriesOf(messages);
  addRetryOf(messages);
}

interface GetOptions {
  readonly value?: true;
}

function addGet(messages: Command): void {
  messages
    .command("get")
    .description("Show a message as it was published, until it expires.")
    .argument("<cache>", "the cache that it was published to")
    .argument("<message>", "the message's id, msg_…")
    .option("--value", "print only the value, byte for byte")
    .action((cacheName: string, messageId: string, { value }: GetOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const answer = await client.call("getMessage", { cacheName, messageId });
        const message = answer.response;
        const json = memberTexts(answer.text).get("response") ?? "";
        const published = publishedValue(message, json);
        if (value) return output.bytes(published);
        output.showText(json, [
          ["message", message.messageId],
          ["topic", `${message.cacheName}/${message.topicName}`],
          ["event", message.event],
          ["product", message.productId],
          ["type", message.contentType],
          ["size", `${published.length} bytes`],
          ["published", message.publishedTime],
          ["expires", message.expiresTime],
        ]);
        const again = shellCommand("messages get", [cacheName, messageId], ["--value"]);
        output.note(`Its value: ${again}`);
      }),
    );
}

/** The bytes that were published; `json` is the message as the service wrote it. */
function publishedValue({ text, binary }: GetMessageResponse, json: string): Buffer {
  if (text !== undefined) return Buffer.from(text);
  if (binary !== undefined) return Buffer.from(binary, "base64");
  return Buffer.from(memberTexts(json).get("value") ?? "");
}

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

function addDeliveriesOf(messages: Command): void {
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
