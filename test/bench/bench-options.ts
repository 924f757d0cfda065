import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Small counts: to see that the bench works. */
  quick: boolean;
  /** Puts the result into docs/performance.md. */
  writeDocs: boolean;
  /** The folder of the two result files. */
  output: string;
}

export function readBenchOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: "boolean", default: false },
      "write-docs": { type: "boolean", default: false },
      output: { type: "string", default: "bench-results" },
    },
  });
  return { quick: values.quick, writeDocs: values["write-docs"], output: values.output };
}
