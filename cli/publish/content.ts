import { open } from "node:fs/promises";
import { maxMessageBytes } from "../../shared/contract/message.ts";
import { boundedBytes } from "../input.ts";
import { Failure, unreadable } from "../output/failure.ts";

/** Where the value is, and what. */
export interface ContentOptions {
  readonly file?: string;
  readonly text?: true;
  readonly contentType?: string;
}

interface TypedContent {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** What is to be published, byte for byte, and what it is. */
export async function contentOf(
  value: string | undefined,
  { file, text, contentType = text ? "text/plain" : "application/json" }: ContentOptions,
): Promise<TypedContent> {
  if (value !== undefined && file !== undefined) {
    throw new Failure("usage", "give a value or --file, not both");
  }
  if (value === undefined && file === undefined && process.stdin.isTTY) {
    const advice = "Give a value, a --file, or pipe one in: `echo '{}' | hookcast publish …`.";
    throw new Failure("usage", "there is no value", { advice });
  }
  const bytes = await bytesFrom(value ?? (file === undefined ? "-" : undefined), file);
  assertSize(bytes.length);
  if (contentType === "application/json") assertJson(bytes);
  return { bytes, contentType };
}

async function bytesFrom(value: string | undefined, file: string | undefined): Promise<Uint8Array> {
  if (value === "-" || file === "-") return await valueIn(process.stdin);
  if (file === undefined) return new TextEncoder().encode(value);
  const handle = await open(file).catch(unreadable(file));
  const stats = await handle.stat();
  if (stats.isFile()) assertSize(stats.size);
  return await valueIn(handle.createReadStream()).catch((error: unknown) =>
    error instanceof Failure ? Promise.reject(error) : unreadable(file)(error),
  );
}

function valueIn(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  return boundedBytes(stream, maxMessageBytes, "the value");
}

function assertSize(bytes: number): void {
  if (bytes <= maxMessageBytes) return;
  const message = `the value has ${bytes} bytes, and a message at most ${maxMessageBytes}`;
  throw new Failure("usage", message);
}

/** The service would refuse it as well, also for a mark of byte order, but does not know this program's options. */
function assertJson(bytes: Uint8Array): void {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // What the parser says would show a part of the value.
    const advice = "--text publishes text, --content-type anything else.";
    throw new Failure("usage", "the value is not JSON", { advice });
  }
}
