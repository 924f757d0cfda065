import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { fingerprint } from "./fingerprint.ts";
import type { Log } from "./lambda/log-lines.ts";
import { runFile } from "./process/run-file.ts";

const CdkJson = z.object({ context: z._default(z.record(z.string(), z.unknown()), {}) });

/** Everything that a synthesis reads. */
const sources = [
  ...["infra", "functions", "shared", "client", "console", "portal"],
  ...["cdk.json", "package-lock.json", "tsconfig.json"],
];

/** The settings of a local run, as JSON: those of cdk.json and what a run on this machine needs. */
export async function localSettings(root: string): Promise<string> {
  const { context } = CdkJson.parse(JSON.parse(await readFile(join(root, "cdk.json"), "utf8")));
  // Receivers of a local run are on this machine, and so are the key that seals secrets, the console
  // and whoever sends to the ingest queue or publishes by the URL.
  const here = {
    allowPrivateDestinations: true,
    dataKeyArn: undefined,
    console: true,
    ingest: true,
    outbox: true,
    publishUrl: true,
  };
  // Pages that are being developed, such as our example's and those that Vite serves.
  const ports = [8000, 5173];
  const hosts = ["localhost", "127.0.0.1"];
  const portalOrigins = hosts.flatMap((host) => ports.map((port) => `http://${host}:${port}`));
  return JSON.stringify({ portalOrigins, ...context, ...here });
}

/** Synthesizes the stack into an empty folder. */
export async function synthesizeInto(
  root: string,
  output: string,
  settings: string,
  options: string[],
): Promise<void> {
  const environment = {
    CDK_OUTDIR: output,
    CDK_CONTEXT_JSON: settings,
    // The CDK's rules are about a deployment, and checking them takes longer than all the rest.
    CDK_VALIDATION: "false",
  };
  // Away from cdk.json, which holds what must not differ from one deployment to the next.
  await runFile(join(root, "infra/app.ts"), options, environment, output);
}

/** Synthesizes the stack below `dataDir`, unless nothing has changed since the last time; gives the folder. */
export async function synthesize(root: string, dataDir: string, log: Log): Promise<string> {
  const output = join(dataDir, "cdk.out");
  const record = join(dataDir, "cdk.out.sha256");
  const settings = await localSettings(root);
  const current = await fingerprint(root, sources, [settings, process.version]);
  if ((await readFile(record, "utf8").catch(() => "")) === current) return output;

  log("synthesizing the stack");
  // In this order: a synthesis that is cut off leaves no record behind.
  await rm(record, { force: true });
  await rm(output, { recursive: true, force: true });
  await mkdir(output);
  await synthesizeInto(root, output, settings, ["--readable"]);
  await writeFile(record, current);
  return output;
}
