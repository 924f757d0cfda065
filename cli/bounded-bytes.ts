import { Failure } from "./output/failure.ts";

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
