/** The smallest of the values that is not less than this share (0 to 1) of them. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error("there is no percentile of no values");
  return value;
}
