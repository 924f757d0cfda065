/** `2024-01-24T23:20:28Z`: whole seconds, rounded down, so that no time lies in the future. */
export function isoTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, -5)}Z`;
}
