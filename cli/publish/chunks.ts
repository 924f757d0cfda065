import { maxBatchBytes } from "../../shared/contract/operations/messages/publish-batch.ts";

const maxMessages = 100;
/** What a batch writes round each value: the names of its members, an event, a key. */
const bytesAround = 1_024;
/** A batch goes once nothing has come for so long. */
const quietMs = 200;
/** No line waits longer for others, however steadily they come. */
const maxWaitMs = 1_000;

const nothingCame = Symbol("nothing came");

/** Groups what fits into one batch, in order; what comes slowly does not wait for a hundred. */
export async function* chunked<T extends { readonly size: number }>(
  items: AsyncIterable<T>,
): AsyncGenerator<T[], void, void> {
  const source = items[Symbol.asyncIterator]();
  let chunk: T[] = [];
  let bytes = 0;
  let sinceMs = 0;
  const flush = () => {
    const full = chunk;
    chunk = [];
    bytes = 0;
    return full;
  };
  let next = ask(source);
  for (;;) {
    const waitMs = Math.min(quietMs, sinceMs + maxWaitMs - performance.now());
    const result = await (chunk.length === 0 ? next : within(waitMs, next));
    if (result === nothingCame) {
      yield flush();
      continue;
    }
    if (result.done) break;
    const more = result.value.size + bytesAround;
    if (chunk.length === maxMessages || (chunk.length > 0 && bytes + more > maxBatchBytes)) {
      yield flush();
    }
    if (chunk.length === 0) sinceMs = performance.now();
    chunk.push(result.value);
    bytes += more;
    next = ask(source);
  }
  if (chunk.length > 0) yield flush();
}

/** Whoever waits for it gets its failure; until somebody does, it is no unhandled rejection. */
function ask<T>(source: AsyncIterator<T, void>): Promise<IteratorResult<T, void>> {
  const next = source.next();
  next.catch(() => undefined);
  return next;
}

async function within<T>(ms: number, next: Promise<T>): Promise<T | typeof nothingCame> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<typeof nothingCame>((resolve) => {
    timer = setTimeout(() => resolve(nothingCame), ms);
  });
  return await Promise.race([next, silence]).finally(() => clearTimeout(timer));
}
