import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Processes } from "../support/process/processes.ts";
import { root } from "../support/process/program.ts";
import type { Emulator } from "./emulator.ts";

const Outputs = z.record(z.string(), z.record(z.string(), z.string()));
export type StackOutputs = Readonly<Record<string, string>>;

/** The CDK as anybody would use it. */
export interface Cdk {
  bootstrap(): Promise<void>;
  /** Returns the stack's outputs. What `lasts` is in cdk.json from then on. */
  deploy(settings?: Record<string, string>, lasts?: object): Promise<StackOutputs>;
  destroy(): Promise<void>;
}

/** Receivers are on this machine, the tables need not outlive it, and the emulator knows no metric math. */
const usual = {
  allowPrivateDestinations: true,
  removalPolicy: "destroy",
  alarms: false,
  ingest: true,
  outbox: true,
};

export function openCdk(processes: Processes, { env }: Emulator, folder: string): Cdk {
  const outputsFile = join(folder, "outputs.json");
  const { context, ...options } = JSON.parse(readFileSync(join(root, "cdk.json"), "utf8"));
  const app = `node ${join(root, "infra/app.ts")}`;
  // Here, and not behind each command, so that what a document has its reader type works as it is.
  const asked = { output: join(folder, "cdk.out"), requireApproval: "never" };
  const here = { ...options, ...asked, app, context: { ...context, ...usual } };
  const write = () => writeFileSync(join(folder, "cdk.json"), JSON.stringify(here));
  write();
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const run = async (...args: string[]) => {
    const command = join(root, "node_modules", ".bin", "cdk");
    const { exited, stdout, stderr } = processes.start(command, args, {
      env: { ...env, CDK_HOME: folder },
      cwd: folder,
    });
    if ((await exited) !== 0) throw new Error(`cdk ${args[0]} failed:\n${stdout()}\n${stderr()}`);
  };
  return {
    bootstrap: () => run("bootstrap", "aws://000000000000/us-east-1"),
    async deploy(settings = {}, lasts = {}) {
      Object.assign(here.context, lasts);
      write();
      const given = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
      await run("deploy", "--outputs-file", outputsFile, ...given);
      const [outputs = {}] = Object.values(
        Outputs.parse(JSON.parse(await readFile(outputsFile, "utf8"))),
      );
      return outputs;
    },
    destroy: () => run("destroy", "--force"),
  };
}
