import type { Processes } from "../support/process/processes.ts";
import type { Tally } from "./tally.ts";
import { receiveTally } from "./tally-message.ts";

/** Runs a project of another vitest.config.ts in a process of its own. */
export function runSuite(
  processes: Processes,
  config: string,
  project: string,
  env: NodeJS.ProcessEnv,
): Promise<Tally> {
  const { child } = processes.start(process.execPath, ["test/steps/suite.ts", config, project], {
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return receiveTally(child, `the suite ${project}`);
}
