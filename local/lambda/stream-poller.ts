import { setTimeout as pause } from "node:timers/promises";
import { localRegion } from "../aws/arn.ts";
import type { StreamSource } from "../template/stream-sources.ts";
import type { Poller } from "./event-source.ts";
import type { Functions } from "./functions.ts";
import type { Log } from "./log-lines.ts";
import type { StreamClient, StreamRecord } from "./stream-client.ts";

interface StreamPollerOptions {
  source: StreamSource;
  stream: StreamClient;
  functions: Pick<Functions, "invoke">;
  log: Log;
}

// Lambda asks each shard four times a second.
const pollMs = 500;
const pauseAfterErrorMs = 1000;

/** Moves records of a table's stream to a function, batch by batch in their order. */
export function createStreamPoller(options: StreamPollerOptions): Poller {
  const { source, stream, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let polling: Promise<void> = Promise.resolve();

  const poll = async () => {
    let iterator = await stream.begin();
    while (!signal.aborted) {
      try {
        const { records, next } = await stream.read(iterator, source.batchSize);
        const wanted = records.filter((record) => isWanted(record, source));
        if (wanted.length > 0) await hand(wanted, options, signal);
        iterator = next;
        if (records.length === 0) await rest(pollMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        log(`${source.logicalId}: ${error instanceof Error ? error.message : error}`);
        await rest(pauseAfterErrorMs, signal);
      }
    }
  };

  return {
    start() {
      polling = poll().catch((error: unknown) => log(`${source.logicalId}: ${error}`));
    },
    async stop() {
      stopping.abort();
      await polling;
    },
  };
}

function isWanted({ eventName }: StreamRecord, { eventNames }: StreamSource): boolean {
  return eventNames?.includes(eventName) ?? true;
}

/** Tries a batch as often as its source says and while its records are young enough; then it goes on without them. */
async function hand(
  records: readonly StreamRecord[],
  { source, functions, log }: StreamPollerOptions,
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 0; tries <= source.retryAttempts && !signal.aborted; tries += 1) {
    if (tries > 0) await rest(pauseAfterErrorMs, signal);
    const young = records.filter((record) => isYoung(record, source, Date.now()));
    if (young.length === 0) return;
    try {
      await functions.invoke(source.functionName, eventOf(young, source));
      return;
    } catch {
      log(`[${source.functionName}] failed on ${young.length} records of a stream`);
    }
  }
}

function isYoung(
  { dynamodb }: StreamRecord,
  { maxRecordAgeSeconds = Number.POSITIVE_INFINITY }: StreamSource,
  nowMs: number,
): boolean {
  return nowMs / 1000 - dynamodb.ApproximateCreationDateTime <= maxRecordAgeSeconds;
}

function eventOf(records: readonly StreamRecord[], { streamArn }: StreamSource): object {
  const place = { awsRegion: localRegion, eventSourceARN: streamArn };
  return { Records: records.map((record) => ({ ...record, ...place })) };
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}
