import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { root } from "../support/program.ts";
import type { Emulator } from "./emulator.ts";
import type { Processes } from "./processes.ts";

const stackName = "Hookcast";
const Outputs = z.object({ [stackName]: z.record(z.string(), z.string()) });
export type StackOutputs = Readonly<Record<string, string>>;

/** Receivers are on this machine, the tables need not outlive it, and the emulator knows no metric math. */
const context = ["allowPrivateDestinations=true", "removalPolicy=destroy", "alarms=false"];
const settings = context.flatMap((setting) => ["-c", setting]);

/** Bootstraps the account and deploys the stack as anybody would; answers the stack's outputs. */
export async function deployStack(
  processes: Processes,
  { env }: Emulator,
  folder: string,
): Promise<StackOutputs> {
  const outputsFile = join(folder, "outputs.json");
  const cdk = async (...args: string[]) => {
    const command = join(root, "node_modules", ".bin", "cdk");
    const output = ["--output", join(folder, "cdk.out")];
    const program = processes.start(command, [...args, ...output], {
      env: { ...env, CDK_HOME: folder },
    });
    if ((await program.exited) !== 0) {
      throw new Error(`cdk ${args[0]} failed:\n${program.stdout()}\n${program.stderr()}`);
    }
  };
  await cdk("bootstrap", "aws://000000000000/us-east-1");
  await cdk("deploy", "--require-approval", "never", "--outputs-file", outputsFile, ...settings);
  return Outputs.parse(JSON.parse(await readFile(outputsFile, "utf8")))[stackName];
}
