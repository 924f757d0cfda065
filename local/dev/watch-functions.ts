import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as z from "zod/mini";
import type { Host } from "../host.ts";
import type { Log } from "../lambda/log-lines.ts";
import { entryOf } from "./entry-of.ts";

const Outcome = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("built"),
    bundles: z.record(z.string(), z.string()),
    tookMs: z.number(),
  }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
]);

interface WatchOptions {
  /** Of the checkout. */
  root: string;
  dataDir: string;
  host: Pick<Host, "codeFolders" | "replaceCode">;
  log: Log;
}

/** Has every function of a run follow its sources until it is disposed of. */
export async function watchFunctions(options: WatchOptions): Promise<AsyncDisposable> {
  const { root, dataDir, host, log } = options;
  const outdir = join(dataDir, "bundles");
  await rm(outdir, { recursive: true, force: true });
  const folders = new Map(host.codeFolders);
  const entries = new Map<string, string>();
  for (const [name, folder] of folders) {
    const entry = await entryOf(folder, root);
    if (entry !== undefined) entries.set(name, entry);
  }
  if (entries.size === 0) throw new Error("none of the functions comes from this checkout");

  async function replace(name: string, folder: string): Promise<void> {
    const old = folders.get(name) ?? "";
    folders.set(name, folder);
    await host.replaceCode(name, folder);
    if (old.startsWith(outdir)) await rm(old, { recursive: true, force: true });
  }

  const running = [...entries].map(([name, entry]) => [entry, folders.get(name)]);
  const builder = startBuilder(root, [outdir, JSON.stringify(Object.fromEntries(running))]);
  createInterface({ input: builder.stdout }).on("line", (line) => {
    const outcome = Outcome.parse(JSON.parse(line));
    if (outcome.kind === "failed") {
      log(`${outcome.reason}\nthe build failed: the functions stay as they were`);
      return;
    }
    const { bundles, tookMs } = outcome;
    const swapped = [...entries].filter(([, entry]) => bundles[entry] !== undefined);
    for (const [name, entry] of swapped) void replace(name, bundles[entry] ?? "");
    if (swapped.length === 0) return;
    log(`swapped after a build of ${tookMs} ms: ${swapped.map(([name]) => name).join(", ")}`);
  });

  let isStopping = false;
  const ended = once(builder, "exit").then(([exitCode]) => {
    // A Ctrl-C reaches it as well.
    if (isStopping || exitCode === null) return;
    log("the builder has ended: changes are no longer built");
  });
  return {
    async [Symbol.asyncDispose]() {
      isStopping = true;
      builder.kill("SIGKILL");
      await ended;
    },
  };
}

/** It cannot outlive this process. */
function startBuilder(root: string, args: string[]) {
  const exitWithParent = new URL("../process/exit-with-parent.ts", import.meta.url).href;
  const program = join(root, "infra/dev/rebuild-functions.ts");
  return spawn(process.execPath, ["--import", exitWithParent, program, ...args], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
}
