export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
}

const newline = 0x0a;

/** The lines of a file, but empty ones. Only a line feed ends one: JSON may hold any other separator. */
export async function* eachLine(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line, void, void> {
  let number = 0;
  let started: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      const bytes = Buffer.concat([...started, chunk.subarray(from, at)]);
      number += 1;
      if (!isBlank(bytes)) yield { number, bytes };
      started = [];
      from = at + 1;
    }
    started.push(chunk.subarray(from));
  }
  const bytes = Buffer.concat(started);
  if (!isBlank(bytes)) yield { number: number + 1, bytes };
}

function isBlank(bytes: Buffer): boolean {
  return bytes.toString("latin1").trim() === "";
}
