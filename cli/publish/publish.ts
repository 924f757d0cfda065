import { type Command, Option } from "commander";
import type { EventCode } from "../../shared/contract/values/event.ts";
import { event, integer } from "../option-values.ts";
import { Failure } from "../output/failure.ts";
import { partsOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { publishLines } from "./batch.ts";
import { type ContentOptions, contentOf } from "./content.ts";

/** Whoever names this type on purpose means it. */
const isForm = /^\s*application\/x-www-form-urlencoded\s*(;|$)/i;

interface PublishOptions extends ContentOptions {
  readonly event?: EventCode;
  readonly productId?: number;
  readonly idempotencyKey?: string;
  readonly batch?: string;
  readonly entries?: true;
}

export function addPublish(program: Command): void {
  program
    .command("publish")
    .description("Publish a message to a topic, and print its id.")
    .argument("<cache/topic>", "where to")
    .argument("[value]", "the value, JSON by default; read from stdin if it is left out or `-`")
    .option("--file <file>", "read the value from a file")
    .option("--text", "the value is text")
    .addOption(
      new Option(
        "--content-type <type>",
        "the content type of the value, for the format `raw`",
      ).conflicts("text"),
    )
    .option("--event <event>", "the event: a number or a dotted name", event)
    .option("--product-id <number>", "the product of the message", integer)
    .option("--idempotency-key <key>", "publish nothing if this key was used within 24 hours")
    .addOption(
      new Option(
        "--batch <file>",
        "publish each line of a file, which is JSON; `-` is stdin",
      ).conflicts(["file", "text", "contentType"]),
    )
    .option("--entries", "each line of the batch is an entry: {value, event, productId, …}")
    .action((topic: string, value: string | undefined, options: PublishOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const [cacheName, topicName] = partsOf(topic, "<cache>/<topic>");
        const { event, productId, idempotencyKey, batch } = options;
        if (options.entries && batch === undefined) {
          throw new Failure("usage", "--entries is for the lines of a --batch");
        }
        if (batch !== undefined) {
          if (value !== undefined) throw new Failure("usage", "give a value or --batch, not both");
          const areEntries = options.entries === true;
          const forAll = { event, productId };
          const lines = { file: batch, areEntries, forAll, idempotencyKey };
          return await publishLines({ client, output }, { cacheName, topicName }, lines);
        }
        const published = await client.publish({
          ...{ cacheName, topicName, event, productId, idempotencyKey },
          ...(await contentOf(value, options)),
          ...(isForm.test(options.contentType ?? "") && { raw: true }),
        });
        output.show(published, published.messageId);
      }),
    );
}
