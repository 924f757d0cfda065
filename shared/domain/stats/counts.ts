/** What is counted of a webhook, in the order in which the counters lie in one number. */
export const counterNames = ["2xx", "failed", "5xx", "4xx", "none", "3xx"] as const;
export type CounterName = (typeof counterNames)[number];

/** Upper bounds in milliseconds; a last bucket holds what took longer. */
export const latencyBounds = [10, 25, 50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800] as const;
const latencyBuckets = latencyBounds.length + 1;

/** What happened to a webhook's deliveries in some span of time. */
export interface Counts {
  /** Attempts by the status of their answer, and deliveries that ended as failed. */
  readonly counters: Record<CounterName, number>;
  /** Attempts by how long they took. */
  readonly latencies: number[];
}

export function noCounts(): Counts {
  return {
    counters: { "2xx": 0, failed: 0, "5xx": 0, "4xx": 0, none: 0, "3xx": 0 },
    latencies: Array<number>(latencyBuckets).fill(0),
  };
}

export function countAttempt(counts: Counts, statusCode: number | null, latencyMs: number): void {
  counts.counters[statusClass(statusCode)] += 1;
  const bucket = latencyBounds.findIndex((bound) => latencyMs <= bound);
  const index = bucket < 0 ? latencyBounds.length : bucket;
  counts.latencies[index] = (counts.latencies[index] ?? 0) + 1;
}

/** Whatever is no class of its own: below 200 there was no final answer, above 599 is a failure of the server. */
function statusClass(statusCode: number | null): Exclude<CounterName, "failed"> {
  if (statusCode === null || statusCode < 200) return "none";
  if (statusCode < 300) return "2xx";
  if (statusCode < 400) return "3xx";
  return statusCode < 500 ? "4xx" : "5xx";
}

export function addCounts(sum: Counts, more: Counts): void {
  for (const name of counterNames) sum.counters[name] += more.counters[name];
  for (const [index, count] of more.latencies.entries()) {
    sum.latencies[index] = (sum.latencies[index] ?? 0) + count;
  }
}

/** The same in three numbers. DynamoDB adds numbers of up to 38 digits exactly, so one update adds all. */
export interface PackedCounts {
  readonly counters: bigint;
  readonly fast: bigint;
  readonly slow: bigint;
}

/** In one number lie six counters of six digits each. */
const inOne = 6;
const base = 1_000_000n;

export function packCounts({ counters, latencies }: Counts): PackedCounts {
  return {
    counters: pack(counterNames.map((name) => counters[name])),
    fast: pack(latencies.slice(0, inOne)),
    slow: pack(latencies.slice(inOne)),
  };
}

export function unpackCounts({ counters, fast, slow }: PackedCounts): Counts {
  const unpacked = noCounts();
  const numbers = unpack(counters);
  for (const [index, name] of counterNames.entries()) {
    unpacked.counters[name] = numbers[index] ?? 0;
  }
  return { ...unpacked, latencies: [...unpack(fast), ...unpack(slow)] };
}

function pack(numbers: readonly number[]): bigint {
  return numbers.reduceRight((sum, number) => sum * base + BigInt(number), 0n);
}

function unpack(packed: bigint): number[] {
  return Array.from({ length: inOne }, (_, index) =>
    Number((packed / base ** BigInt(index)) % base),
  );
}
