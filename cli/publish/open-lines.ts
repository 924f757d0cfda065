import { open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { unreadable } from "../output/unreadable.ts";

interface OpenLines {
  readonly chunks: AsyncIterable<Buffer>;
  /** Where it is known, which it is not of stdin, a pipe or a device. */
  readonly bytes: number | undefined;
}

/** A file, or stdin for `-`, until the signal is given. */
export async function openLines(file: string, signal: AbortSignal): Promise<OpenLines> {
  if (file === "-") return { chunks: untilStopped(process.stdin, signal), bytes: undefined };
  const handle = await open(file).catch(unreadable(file));
  const stats = await handle.stat();
  if (stats.isDirectory()) return unreadable(file)({ code: "EISDIR" });
  const chunks = untilStopped(handle.createReadStream(), signal);
  return { chunks, bytes: stats.isFile() ? stats.size : undefined };
}

/** Whoever waits for more of a stream is told at once. */
async function* untilStopped(stream: Readable, signal: AbortSignal) {
  try {
    yield* addAbortSignal(signal, stream);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
