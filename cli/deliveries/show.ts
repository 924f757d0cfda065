import type { Command } from "commander";
import type { Attempt, Delivery } from "../../shared/contract/delivery.ts";
import { toneOf } from "../output/paint.ts";
import type { Column } from "../output/table.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";

const attemptColumns: readonly Column<Attempt>[] = [
  { title: "ATTEMPT", cell: ({ attempt }) => attempt, isWhole: true, isNumber: true },
  { title: "TIME", cell: ({ attemptTime }) => attemptTime, isWhole: true, isTime: true },
  { title: "STATUS", cell: ({ statusCode }) => statusCode, isWhole: true },
  { title: "LATENCY", cell: ({ latencyMs }) => `${latencyMs} ms`, isWhole: true, isNumber: true },
  { title: "ERROR", cell: ({ error }) => error },
  { title: "ANSWER", cell: ({ responseBody }) => responseBody || null },
];

/** What the last attempt sent and what came back, where that is known; all of it is in `--json`. */
function lastExchange({ attempts }: Delivery): [string, string][] {
  const { request, responseHeaders = {} } = attempts.at(-1) ?? {};
  const headers = Object.entries(responseHeaders).map(([name, value]) => `${name}: ${value}`);
  const facts: [string, string][] = request
    ? [
        ["sent to", `${request.url} (${request.format}, ${request.bytes} bytes)`],
        ["with headers", request.headerNames.join(", ")],
      ]
    : [];
  return headers.length > 0 ? [...facts, ["came back", headers.join("; ")]] : facts;
}

export function addShow(deliveries: Command): void {
  deliveries
    .command("show")
    .description("Show one delivery with every attempt and the receiver's answers.")
    .argument(...webhookArgument)
    .argument("<message>", "the message's id, msg_…")
    .action((webhook: string, messageId: string, _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, webhook);
        const delivery = await client.getDelivery({ webhookId, messageId });
        output.show(delivery, [
          ["message", delivery.messageId],
          ["status", delivery.status, toneOf(delivery.status)],
          ["topic", delivery.topicName],
          ["event", delivery.event],
          ["published", delivery.publishedTime],
          ["next", delivery.nextAttemptTime],
          ["error", delivery.error],
          ...lastExchange(delivery),
        ]);
        if (!output.isJson) output.list(delivery.attempts, attemptColumns);
      }),
    );
}
