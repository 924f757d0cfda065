import { maxBatchBytes } from "../../shared/contract/batch.ts";

const maxMessages = 100;
/** What a batch writes round each value: the names of its members, an event, a key. */
const bytesAround = 1_024;

/** Groups what fits into one batch, in order. */
export async function* chunked<T extends { readonly size: number }>(
  items: AsyncIterable<T>,
): AsyncGenerator<T[], void, void> {
  let chunk: T[] = [];
  let bytes = 0;
  for await (const item of items) {
    const more = item.size + bytesAround;
    if (chunk.length === maxMessages || (chunk.length > 0 && bytes + more > maxBatchBytes)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(item);
    bytes += more;
  }
  if (chunk.length > 0) yield chunk;
}
