import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { Failure } from "./output/failure.ts";

/** Where the package has the local run; a checkout has none there. */
const program = join(import.meta.dirname, "local/start.mjs");
/** The first with `node:sqlite`, in which queues live. */
const firstNode = [22, 13] as const;

export function addStart(parent: Command): void {
  parent
    .command("start")
    .description(
      "Run the whole service on this machine, until Ctrl-C. It needs Node 22.13 or newer.",
    )
    .option("--template <folder>", "a synthesized stack to run instead of Hookcast's own")
    .action(async ({ template }: { template?: string }) => {
      assertNodeRunsIt(process.versions.node);
      if (!existsSync(program)) {
        throw new Failure("usage", "this is a checkout", { advice: "Use `npm start` here." });
      }
      const { start }: LocalRun = await import(pathToFileURL(program).href);
      await start(template === undefined ? [] : ["--template", template]);
    });
}

interface LocalRun {
  readonly start: (args: readonly string[]) => Promise<void>;
}

function assertNodeRunsIt(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [firstMajor, firstMinor] = firstNode;
  if (major > firstMajor || (major === firstMajor && minor >= firstMinor)) return;
  const message = `the local run needs Node ${firstNode.join(".")} or newer, and this is Node ${version}`;
  const advice =
    "All other commands run here. `npm install node@24` in a project installs a Node that `npx hookcast start` then uses.";
  throw new Failure("usage", message, { advice });
}
