/** What AWS bills of a piece of work, but for time and bytes. */
export interface Usage {
  calls: number;
  /** How often calls were waited for; those that are under way together are one wait. */
  waits: number;
  writeUnits: number;
  readUnits: number;
  /** A request over 64 KiB counts as several. */
  sqsRequests: number;
  /** Those of them that send with a message group. */
  fairRequests: number;
}

export const noUsage: Readonly<Usage> = {
  calls: 0,
  waits: 0,
  writeUnits: 0,
  readUnits: 0,
  sqsRequests: 0,
  fairRequests: 0,
};

/** Adds up each number by itself, so many times the second one. */
export function plus<Sum extends Record<keyof Sum, number>>(a: Sum, b: Sum, times = 1): Sum {
  // The keys are those of `a`.
  const names = Object.keys(a) as (keyof Sum)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name] * times])) as Sum;
}

export function dividedBy<Sum extends Record<keyof Sum, number>>(sum: Sum, count: number): Sum {
  return plus(plus(sum, sum, -1), sum, 1 / count);
}
