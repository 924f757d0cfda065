/**
 * `rebuild-functions.ts <outdir> <running>`: builds functions of the local run anew whenever a source changes.
 * `running` is JSON: where the bundle of each entry file lies. Tells of every build on stdout, one JSON object a
 * line: the bundles that have changed, or why there are none.
 */
import { join, relative } from "node:path";
import { type BuildFailure, formatMessages } from "esbuild";
import { bundleChanges } from "./changed-bundles.ts";
import { SourceWatch } from "./source-watch.ts";

const root = join(import.meta.dirname, "../..");
const [outdir = "", running = "{}"] = process.argv.slice(2);

const sources = new SourceWatch(["functions", "shared"].map((folder) => join(root, folder)));
const build = bundleChanges(root, outdir, JSON.parse(running));

let changed: string[] = [];
// The first build finds what has changed since the run's own.
for (;;) {
  const startedMs = performance.now();
  try {
    const bundles = await build(changed);
    tell({ kind: "built", bundles, tookMs: Math.round(performance.now() - startedMs) });
  } catch (error) {
    tell({ kind: "failed", reason: await reasonFor(error) });
  }
  changed = (await sources.next()).map((path) => relative(root, path));
}

function tell(outcome: object): void {
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}

async function reasonFor(error: unknown): Promise<string> {
  if (!isBuildFailure(error)) return String(error);
  return (await formatMessages(error.errors, { kind: "error" })).join("").trim();
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error;
}
