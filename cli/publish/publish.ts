import { type Command, Option } from "commander";
import type { EventCode } from "../../shared/contract/values/event.ts";
import { event, integer } from "../option-values.ts";
import { Failure } from "../output/failure.ts";
import { partsOf } from "../webhook-name.ts";
import { outputOf, withService } from "../with-service.ts";
import { publishLines } from "./batch.ts";
import { type ContentOptions, contentOf } from "./content.ts";
import { openIngestQueue } from "./queue.ts";

/** Whoever names this type on purpose means it. */
const isForm = /^\s*application\/x-www-form-urlencoded\s*(;|$)/i;

interface PublishOptions extends ContentOptions {
  readonly event?: EventCode;
  readonly productId?: number;
  readonly idempotencyKey?: string;
  readonly batch?: string;
  readonly entries?: true;
  readonly queue?: string;
}

type Arguments = [topic: string, value: string | undefined, PublishOptions, Command];

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
    .option("--queue <url>", "send to this ingest queue with your AWS credentials, without a key")
    .action((...given: Arguments) => {
      assertFits(given);
      return given[2].queue === undefined ? publishByApi(given) : publishByQueue(given);
    });
}

function assertFits([, value, { entries, batch }]: Arguments): void {
  if (entries && batch === undefined) {
    throw new Failure("usage", "--entries is for the lines of a --batch");
  }
  if (batch !== undefined && value !== undefined) {
    throw new Failure("usage", "give a value or --batch, not both");
  }
}

function publishByApi([topic, value, options, command]: Arguments): Promise<void> {
  return withService(command, async ({ client, output }) => {
    const where = whereOf(topic);
    const lines = linesOf(options);
    if (lines) {
      return await publishLines(
        output,
        (messages, signal) => client.publishBatch({ ...where, messages }, { signal }),
        lines,
      );
    }
    const published = await client.publish({
      ...where,
      ...factsOf(options),
      ...(await contentOf(value, options)),
      ...(isForm.test(options.contentType ?? "") && { raw: true }),
    });
    output.show(published, published.messageId);
  });
}

async function publishByQueue([topic, value, options, command]: Arguments): Promise<void> {
  const output = outputOf(command);
  const where = whereOf(topic);
  const queue = await openIngestQueue(options.queue ?? "");
  const lines = linesOf(options);
  if (lines) return await publishLines(output, queue.linesTo(where), lines);
  const content = asReadable(await contentOf(value, options));
  const sent = await queue.publish({ ...where, ...factsOf(options), ...content });
  output.show(sent, sent.sqsMessageId);
}

/** JSON in a body stays JSON, which people can read in a dead-letter queue; of space around it only bytes tell. */
function asReadable({ bytes, contentType }: Awaited<ReturnType<typeof contentOf>>) {
  const json = contentType === "application/json" ? new TextDecoder().decode(bytes) : "";
  return json !== "" && json === json.trim() ? { json } : { bytes, contentType };
}

function whereOf(topic: string): { cacheName: string; topicName: string } {
  const [cacheName, topicName] = partsOf(topic, "<cache>/<topic>");
  return { cacheName, topicName };
}

function factsOf({ event, productId, idempotencyKey }: PublishOptions) {
  return { event, productId, idempotencyKey };
}

function linesOf({ batch, entries, event, productId, idempotencyKey }: PublishOptions) {
  if (batch === undefined) return undefined;
  return {
    file: batch,
    areEntries: entries === true,
    forAll: { event, productId },
    idempotencyKey,
  };
}
