import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import * as z from "zod/mini";
import { fingerprint } from "./fingerprint.ts";
import type { Log } from "./lambda/log-lines.ts";

const CdkJson = z.object({ context: z._default(z.record(z.string(), z.unknown()), {}) });

/** Everything that a synthesis reads. */
const sources = ["infra", "functions", "shared", "cdk.json", "package-lock.json", "tsconfig.json"];

/** Synthesizes the stack below `dataDir`, unless nothing has changed since the last time; gives the folder. */
export async function synthesize(root: string, dataDir: string, log: Log): Promise<string> {
  const output = join(dataDir, "cdk.out");
  const record = join(dataDir, "cdk.out.sha256");
  const { context } = CdkJson.parse(JSON.parse(await readFile(join(root, "cdk.json"), "utf8")));
  // Receivers of a local run are on this machine.
  const settings = JSON.stringify({ ...context, allowPrivateDestinations: true });
  const current = await fingerprint(root, sources, [settings, process.version]);
  if ((await readFile(record, "utf8").catch(() => "")) === current) return output;

  log("synthesizing the stack");
  // In this order: a synthesis that is cut off leaves no record behind.
  await rm(record, { force: true });
  await rm(output, { recursive: true, force: true });
  await mkdir(output);
  await runApp(join(root, "infra/app.ts"), { CDK_OUTDIR: output, CDK_CONTEXT_JSON: settings });
  await writeFile(record, current);
  return output;
}

/** In a thread, which cannot outlive this process as a child could. */
async function runApp(file: string, environment: Record<string, string>): Promise<void> {
  const worker = new Worker(file, {
    // The CDK's rules judge a deployment, and checking them takes longer than all the rest.
    env: { ...process.env, ...environment, CDK_VALIDATION: "false" },
    execArgv: [],
  });
  const [exitCode] = await once(worker, "exit").catch((cause: Error) => {
    throw new Error(`the stack does not synthesize: ${cause.message}`, { cause });
  });
  if (exitCode !== 0) throw new Error("the stack does not synthesize; the reason is above");
}
