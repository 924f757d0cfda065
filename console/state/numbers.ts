const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** A count, shortened where nobody compares its last digits: `12,480`, `1.2M`. */
export function countText(count: number): string {
  return count < 100_000 ? whole.format(count) : short.format(count);
}

/** One decimal, always; everything only where it really is everything: `99.9 %`, `100 %`. */
export function shareText(part: number, all: number): string {
  if (all === 0) return "—";
  if (part === all) return "100 %";
  return `${Math.min(99.9, (100 * part) / all).toFixed(1)} %`;
}
