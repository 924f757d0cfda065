import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { printable } from "../shared/contract/values/printable.ts";
import { Failure, unreadable } from "./output/failure.ts";

/** Far more than any key or secret has. */
const maxSecretBytes = 64 * 1_024;

/** Asks for what must not be seen: nothing that is typed appears. What is no terminal is read to its end. */
export async function askForSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    return (await boundedBytes(process.stdin, maxSecretBytes, "what stdin gives"))
      .toString()
      .trim();
  }
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return (await ask(question, silence)).trim();
  } finally {
    process.stderr.write("\n");
  }
}

/** Asks for a yes; where there is nobody to ask, whoever starts the command has to say it. */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new Failure("usage", "there is no terminal to ask: give --yes");
  const answer = await ask(`${printable(question)} [y/N] `, process.stderr);
  if (!/^y(es)?$/i.test(answer.trim())) throw new Failure("interrupted", "nothing was done");
}

function ask(question: string, echo: NodeJS.WritableStream): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: echo, terminal: true });
  // Not before the terminal has been told to show nothing of what is typed.
  process.stderr.write(question);
  return new Promise<string>((resolve, reject) => {
    reader.once("line", resolve);
    // Ctrl-C or Ctrl-D.
    reader.once("close", () => reject(new Failure("interrupted", "nothing was done")));
  }).finally(() => reader.close());
}

/** All of a stream, unless it is larger than whatever can be made of it: then no more of it is held. */
export async function boundedBytes(
  stream: AsyncIterable<Buffer>,
  maxBytes: number,
  what: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw new Failure("usage", `${what} has more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON of a file, or of stdin for `-`; of at most so many bytes. */
export async function jsonOfFile(file: string, maxBytes: number): Promise<unknown> {
  const stream =
    file === "-" ? process.stdin : (await open(file).catch(unreadable(file))).createReadStream();
  const name = file === "-" ? "what stdin gives" : file;
  const bytes = await boundedBytes(stream, maxBytes, name).catch((error: unknown) =>
    error instanceof Failure ? Promise.reject(error) : unreadable(file)(error),
  );
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new Failure("usage", `${name} is not JSON`);
  }
}
