import type { Command } from "commander";
import type { EventCode } from "../shared/contract/values/event.ts";
import type { Filter } from "../shared/contract/values/filter.ts";
import { event, filterPattern, integer } from "./option-values.ts";
import { type ContentOptions, contentOf } from "./publish/content.ts";
import { withService } from "./with-service.ts";

interface TestOptions extends ContentOptions {
  readonly filter: Filter;
  readonly event?: EventCode;
  readonly productId?: number;
}

export function addFilters(program: Command): void {
  const filters = program
    .command("filters")
    .description("Test which messages a webhook's filter lets through.");
  filters
    .command("test")
    .description("Say whether a message matches a filter, and why. Nothing is published.")
    .argument("<cache>", "a cache that the key covers")
    .argument("[value]", "the value, as JSON unless --text is given; `-` reads standard input")
    .requiredOption("--filter <pattern>", "the event pattern, as JSON", filterPattern)
    .option("--event <event>", "the message's event", event)
    .option("--product-id <number>", "the message's product", integer)
    .option("--file <path>", "read the value from a file; `-` for standard input")
    .option("--text", "the value is text")
    .option("--content-type <type>", "what the value is (default: application/json)")
    .action(
      (cacheName: string, value: string | undefined, options: TestOptions, command: Command) =>
        withService(command, async ({ client, output }) => {
          const { filter, event, productId } = options;
          const { bytes, contentType } = await contentOf(value, options);
          const text = new TextDecoder().decode(bytes);
          const published = contentType === "application/json" ? JSON.parse(text) : text;
          const message = { event, productId, contentType, value: published };
          const answer = await client.testFilter({ cacheName, filter, ...message });
          const { matches, because } = answer;
          const leaves = because.join(", ") || "too much work for this value";
          output.show(answer, `${matches ? "matches" : "does not match"}: ${leaves}`);
        }),
    );
}
