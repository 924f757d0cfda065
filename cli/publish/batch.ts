import { HookcastError } from "../../client/errors.ts";
import type { BatchMessage } from "../../client/publish-batch.ts";
import { Failure } from "../output/failure.ts";
import { startProgress } from "../output/progress.ts";
import { stopSignal } from "../stop-signal.ts";
import type { Session } from "../with-service.ts";
import { batchMessage, type MessageOptions, maxLineBytes } from "./batch-message.ts";
import { chunked } from "./chunks.ts";
import { eachLine, openLines } from "./lines.ts";
import { LineAccount } from "./unsent.ts";

interface Item {
  readonly line: number;
  readonly size: number;
  /** Or why the line cannot be published. */
  readonly message: BatchMessage | string;
}

/** What became of one message: its id, or that of SQS. */
type SentResult =
  | { readonly messageId: string }
  | { readonly sqsMessageId: string }
  | { readonly error: { readonly code?: string; readonly message: string } };

/** What became of one line. */
type LineResult = SentResult & { readonly line: number };

/** Sends messages to where they go; has the results in their order, or throws where they were not sent together. */
export type SendLines = (
  messages: BatchMessage[],
  signal: AbortSignal,
) => Promise<{ readonly results: readonly SentResult[] }>;

interface Tally {
  readonly published: number;
  readonly refused: number;
}

type LinesOptions = MessageOptions & { readonly file: string };

/** Publishes each line of a file; a bad one fails alone, and is told. */
export async function publishLines(
  output: Session["output"],
  send: SendLines,
  options: LinesOptions,
): Promise<void> {
  const { published, refused } = await sendLines(output, send, options);
  const lines = published + refused;
  output.sentence(`published ${published} of ${lines}`);
  if (refused > 0) throw new Failure("incomplete", `not published: ${refused} of ${lines} lines`);
}

async function sendLines(
  output: Session["output"],
  send: SendLines,
  { file, ...options }: LinesOptions,
): Promise<Tally> {
  const signal = stopSignal();
  const { chunks, bytes } = await openLines(file, signal);
  using progress = startProgress("{bar} {percentage}% | {published} published, {refused} refused", {
    ...{ published: 0, refused: 0 },
  });
  let [published, refused, bytesDone] = [0, 0, 0];
  const account = new LineAccount();
  let isTold = false;
  try {
    for await (const items of chunked(itemsOf(chunks, options, account))) {
      const lines = items.map(({ line }) => line);
      const results = await sendItems(items, (messages) => send(messages, signal)).catch(
        (error: unknown) => {
          progress.aside(() => tellCutOff(output, lines, error, options));
          account.sent(lines);
          isTold = true;
          throw signal.aborted ? signal.reason : error;
        },
      );
      account.sent(lines);
      for (const result of results) {
        if ("error" in result) {
          refused += 1;
          progress.aside(() => output.note(`line ${result.line}: ${problemOf(result.error)}`));
        } else published += 1;
        output.document(result);
      }
      bytesDone += items.reduce((sum, { size }) => sum + size + 1, 0);
      progress.update(bytesDone, bytes ?? bytesDone, { published, refused });
    }
  } catch (error) {
    progress.aside(() => tellUnsent(output, account, isTold));
    throw error;
  }
  return { published, refused };
}

async function* itemsOf(
  chunks: AsyncIterable<Buffer>,
  options: MessageOptions,
  account: LineAccount,
): AsyncGenerator<Item, void, void> {
  for await (const line of eachLine(chunks, maxLineBytes, account.reading)) {
    account.read(line.number);
    yield { line: line.number, size: line.size, message: batchMessage(line, options) };
  }
}

/** The results of all items in their order, of which only those that can be sent are sent. */
async function sendItems(
  items: readonly Item[],
  send: (messages: BatchMessage[]) => ReturnType<SendLines>,
): Promise<LineResult[]> {
  const messages = items.flatMap(({ message }) => (typeof message === "string" ? [] : [message]));
  const { results } = messages.length > 0 ? await send(messages) : { results: [] };
  const answers = results[Symbol.iterator]();
  return items.map(({ line, message }) => {
    if (typeof message === "string") return { line, error: { message } };
    const answer = answers.next().value ?? { error: { message: "the service did not tell" } };
    return { line, ...answer };
  });
}

function problemOf({ code, message }: { code?: string; message: string }): string {
  return code === undefined ? message : `${message} (${code})`;
}

/** What is known of the lines when their batch failed: neither more nor less. */
function tellCutOff(
  output: Session["output"],
  lines: readonly number[],
  error: unknown,
  { idempotencyKey }: MessageOptions,
): void {
  const [first, last] = [lines.at(0), lines.at(-1)];
  const isRefused =
    (error instanceof HookcastError && error.status < 500) ||
    (error instanceof Failure && error.exit !== "unreachable" && error.exit !== "interrupted");
  const again =
    idempotencyKey === undefined
      ? "With --idempotency-key you can publish a file again without duplicates."
      : "The same command again publishes what is missing, and nothing twice.";
  output.note(
    isRefused
      ? `The lines ${first} to ${last} and those after them were not published.`
      : `The lines ${first} to ${last} may or may not have been published; those after them were not. ${again}`,
  );
  const message = isRefused ? "not published" : "may or may not have been published";
  for (const line of lines) output.document({ line, error: { message } });
}

/** A line that was read and not sent would otherwise be lost without anybody knowing which. */
function tellUnsent(output: Session["output"], account: LineAccount, isTold: boolean): void {
  const description = isTold ? undefined : account.describe();
  if (description !== undefined) output.note(description);
  for (const line of account.unsent())
    output.document({ line, error: { message: "not published" } });
}
