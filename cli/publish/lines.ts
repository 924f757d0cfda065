import { open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { unreadable } from "../output/failure.ts";

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

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Undefined where the line is longer than may be held. */
  readonly bytes: Buffer | undefined;
  /** So far as it was read. */
  readonly size: number;
}

/** How far a file was read. */
export interface Reading {
  /** Of the line whose end has not come yet, where some of it has. */
  begun: number | undefined;
}

const newline = 0x0a;

/**
 * The lines of a file, but empty ones. Only a line feed ends one: JSON may hold any other separator. Of a line that is
 * too long nothing is held; it is told of as soon as it is.
 */
export async function* eachLine(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
  reading: Reading = { begun: undefined },
): AsyncGenerator<Line, void, void> {
  let number = 1;
  let started: Buffer[] = [];
  let size = 0;
  const take = (part: Buffer): Line | undefined => {
    const wasTooLong = size > maxBytes;
    size += part.length;
    if (size > 0) reading.begun = number;
    if (size <= maxBytes) started.push(part);
    else started = [];
    return size > maxBytes && !wasTooLong ? { number, bytes: undefined, size } : undefined;
  };
  const end = (): Line | undefined => {
    const bytes = Buffer.concat(started);
    const line = size > maxBytes || isBlank(bytes) ? undefined : { number, bytes, size };
    started = [];
    size = 0;
    reading.begun = undefined;
    number += 1;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      const tooLong = take(chunk.subarray(from, at));
      if (tooLong) yield tooLong;
      const whole = end();
      if (whole) yield whole;
      from = at + 1;
    }
    const tooLong = take(chunk.subarray(from));
    if (tooLong) yield tooLong;
  }
  const last = end();
  if (last) yield last;
}

function isBlank(bytes: Buffer): boolean {
  return bytes.toString("latin1").trim() === "";
}
