import type { Command } from "commander";
import { memberTexts } from "../../shared/contract/values/json-text.ts";
import { shellCommand } from "../shell-command.ts";
import { withService } from "../with-service.ts";
import { publishedValue } from "./published-value.ts";

interface GetOptions {
  readonly value?: true;
}

export function addGet(messages: Command): void {
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
