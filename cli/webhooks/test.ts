import type { Command } from "commander";
import type { EventCode } from "../../shared/contract/values/event.ts";
import { event, positiveInteger } from "../option-values.ts";
import { Failure } from "../output/failure.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

interface TestOptions {
  readonly event?: EventCode;
  readonly example?: number;
}

export function addTest(webhooks: Command): void {
  webhooks
    .command("test")
    .description(
      "Send a test event now, also to an inactive webhook, and show the answer within 10 s.",
    )
    .argument(...webhookArgument)
    .option("--event <event>", "an event of the catalogue, of which to send an example", event)
    .option("--example <number>", "which of its examples (default: 1)", positiveInteger)
    .action((name: string, options: TestOptions, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, name);
        const { event, example } = options;
        const wish = { event, ...(example !== undefined && { example: example - 1 }) };
        const result = await client.testWebhook({ webhookId, ...wish });
        output.show(result, [
          ["delivered", result.delivered ? "yes" : "no", result.delivered ? "good" : "bad"],
          ["status", result.statusCode],
          ["error", result.error],
          ["latency", `${result.latencyMs} ms`],
          ["answer", result.responseBody || "empty"],
        ]);
        if (!result.delivered) {
          throw new Failure("notDelivered", "the receiver did not accept the test event");
        }
      }),
    );
}
