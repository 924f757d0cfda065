import type { Command } from "commander";
import { HookcastError } from "../../client/errors.ts";
import type { Attempt, Delivery } from "../../shared/contract/delivery.ts";
import { Failure } from "../output/failure.ts";
import { toneOf } from "../output/paint.ts";
import type { Column } from "../output/table.ts";
import { webhookArgument, webhookIdOf } from "../webhook-name.ts";
import { withService } from "../with-service.ts";
import { addList } from "./list.ts";
import { addRecover, heldNote } from "./recover.ts";
import { addTail } from "./tail.ts";

export function addDeliveries(program: Command): void {
  const deliveries = program
    .command("deliveries")
    .description("List a webhook's deliveries, follow them, and send them again.");
  addList(deliveries);
  addShow(deliveries);
  addRetry(deliveries);
  addRecover(deliveries);
  addTail(deliveries);
}

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

function addShow(deliveries: Command): void {
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

function addRetry(deliveries: Command): void {
  deliveries
    .command("retry")
    .description("Send deliveries again, whatever their status.")
    .argument(...webhookArgument)
    .argument("<messages...>", "the messages' ids, msg_…")
    .action((webhook: string, messageIds: string[], _options: unknown, command: Command) =>
      withService(command, async ({ client, output }) => {
        const webhookId = await webhookIdOf(client, webhook);
        let refused = 0;
        let isHeld = false;
        for (const messageId of messageIds) {
          try {
            const retried = await client.retryDelivery({ webhookId, messageId });
            output.show(retried, `${messageId} ${retried.held ? "is queued" : "is sent again"}`);
            isHeld ||= retried.held === true;
          } catch (error) {
            if (messageIds.length === 1 || !isOfOneDelivery(error)) throw error;
            refused += 1;
            output.note(`${messageId}: ${error.message} (${error.code})`);
            output.document({ messageId, error: { code: error.code, message: error.message } });
          }
        }
        if (isHeld) output.note(heldNote);
        if (refused > 0) {
          const message = `not sent again: ${refused} of ${messageIds.length} deliveries`;
          throw new Failure("incomplete", message);
        }
      }),
    );
}

/** Another delivery may well be sent, where this one is not known, or can no longer be sent. */
function isOfOneDelivery(error: unknown): error is HookcastError {
  if (!(error instanceof HookcastError) || error.code === undefined) return false;
  return [400, 404, 409].includes(error.status);
}
