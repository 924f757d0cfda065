// @ts-check

/**
 * Milliseconds of a clock that is never set, the same in every thread of the machine.
 * @returns {number}
 */
export function uptimeMs() {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
