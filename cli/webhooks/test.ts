import type { Command } from "commander";
import { Failure } from "../output/failure.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

export function addTest(webhooks: Command): void {
  webhooks
    .command("test")
    .description(
      "Send a test event now, also to an inactive webhook, and show the answer within 10 s.",
    )
    .argument(...webhookArgument)
    .action((name: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, name);
        const result = await client.testWebhook({ webhookId });
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
