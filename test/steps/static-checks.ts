import { availableParallelism } from "node:os";
import { checkImports } from "./imports-step.ts";
import type { Step } from "./steps.ts";
import type { Tally } from "./tally.ts";
import { runProgram, runTool } from "./tool-step.ts";

/** What is checked without running anything; what takes longest comes first, since two run at a time. */
export const staticChecks: Step[] = [
  { name: "types", run: () => checkTypes(".") },
  { name: "types of the package on Node 20", run: () => checkTypes("tsconfig.package.json") },
  { name: "format and lint", run: () => runTool("biome", ["check", "."]) },
  { name: "types of console and portal", run: () => checkTypes("portal") },
  { name: "import direction", run: checkImports },
  { name: "unused code", run: () => runTool("knip", ["--cache"]) },
];

/**
 * TypeScript 7 takes a third of the time. Version 5 stays beside it, for the editors and dependency-cruiser, which need
 * the interface that 7 has not got. What was found out about files that have not changed is kept.
 */
function checkTypes(project: string): Promise<Tally> {
  const name = project.replaceAll(/\W/g, "_");
  const cache = `node_modules/.cache/hookcast/${name}-7.tsbuildinfo`;
  const incrementally = ["--incremental", "--tsBuildInfoFile", cache];
  // Each checker finds out about common types for itself.
  const checkers = ["--checkers", String(Math.min(4, availableParallelism()))];
  const args = ["--noEmit", ...checkers, ...incrementally, "--project", project];
  // It ends before much of its memory is garbage, and to look for some takes a quarter of its time.
  const env = { ...process.env, GOGC: "off", GOMEMLIMIT: "3GiB" };
  return runProgram(`tsc of ${project}`, "node_modules/typescript-7/bin/tsc", args, env);
}
