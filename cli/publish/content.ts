import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { maxMessageBytes } from "../../shared/contract/message.ts";
import { Failure } from "../failure.ts";
import { unreadable } from "../unreadable.ts";

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
  if ((value === undefined) === (file === undefined)) {
    throw new Failure("usage", "give a value, - for stdin, or --file, and one of them");
  }
  const bytes = await bytesFrom(value, file);
  if (bytes.length > maxMessageBytes) {
    const message = `the value has ${bytes.length} bytes, and a message at most ${maxMessageBytes}`;
    throw new Failure("usage", message);
  }
  if (contentType === "application/json") requireJson(bytes);
  return { bytes, contentType };
}

async function bytesFrom(value: string | undefined, file: string | undefined): Promise<Uint8Array> {
  if (value === "-" || file === "-") return await buffer(process.stdin);
  if (file === undefined) return new TextEncoder().encode(value);
  return await readFile(file).catch(unreadable(file));
}

/** The service would refuse it as well, also for a mark of byte order, but does not know this program's options. */
function requireJson(bytes: Uint8Array): void {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // What the parser says would show a part of the value.
    const advice = "--text publishes text, --content-type anything else.";
    throw new Failure("usage", "the value is not JSON", { advice });
  }
}
