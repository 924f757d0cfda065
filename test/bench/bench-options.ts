import { parseArgs } from "node:util";
import { BenchRefusal } from "./bench-refusal.ts";

export interface BenchOptions {
  /** Small counts: to see that the bench works. */
  quick: boolean;
  /** Puts the result into docs/performance.md. */
  writeDocs: boolean;
  /** The folder of the two result files. */
  output: string;
  /** The commit to compare this checkout with, in place of all else. */
  against?: string;
  /** How often both take turns. */
  turns: number;
}

const usage =
  "npm run bench [-- --quick --write-docs --output folder], or\n" +
  "npm run bench -- --against commit [--turns 5 --quick --write-docs --output folder]";

/** Throws a BenchRefusal for what it does not know. */
export function readBenchOptions(args: string[]): BenchOptions {
  const { against, turns, ...values } = parsed(args);
  if (turns !== undefined && against === undefined) {
    throw new BenchRefusal(`--turns belongs to --against\n\n${usage}`);
  }
  if (turns !== undefined && !/^[1-9]\d?$/.test(turns)) {
    throw new BenchRefusal(`--turns ${turns}: a number from 1 to 99`);
  }
  return {
    ...{ quick: values.quick, writeDocs: values["write-docs"], output: values.output },
    ...(against !== undefined && { against }),
    turns: Number(turns ?? (values.quick ? 1 : 5)),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: "boolean", default: false },
        "write-docs": { type: "boolean", default: false },
        output: { type: "string", default: "bench-results" },
        against: { type: "string" },
        turns: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new BenchRefusal(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}
