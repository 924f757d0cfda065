/** Prints what has been done. */
export type Progress = (line: string) => void;

/** On stderr, with the seconds since the start: the result alone goes to stdout. */
export function createProgress(): Progress {
  const startedMs = performance.now();
  return (line) => {
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    process.stderr.write(`${String(seconds).padStart(4)} s  ${line}\n`);
  };
}
