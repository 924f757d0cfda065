import { afterAll, beforeAll } from "vitest";
import { type CommandLine, commandLine } from "../../support/command-line.ts";
import { type Receiver, startReceiver } from "../../support/network/receiver.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";

export interface CliRun {
  service: LocalRun;
  hookcast: CommandLine;
  /** Answers with `status`, which a test may change, and as soon as it is known. */
  receiver: Receiver;
  /** Paths that are answered with another status. */
  answers: Map<string, number>;
  status: number | Promise<number>;
}

/** For all tests of a file: the service, a receiver, and the command line with the service's key. */
export function startCliRun(): CliRun {
  // Filled before the first test begins.
  const run = { status: 200, answers: new Map() } as CliRun;
  beforeAll(async () => {
    run.service = await startLocalRun();
    run.receiver = await startReceiver({
      handler: async ({ path }) => ({ status: run.answers.get(path) ?? (await run.status) }),
    });
    const { url: HOOKCAST_URL, key: HOOKCAST_KEY, dataDir: XDG_CONFIG_HOME } = run.service;
    run.hookcast = commandLine({ HOOKCAST_URL, HOOKCAST_KEY, XDG_CONFIG_HOME });
  });
  afterAll(async () => {
    await run.service?.[Symbol.asyncDispose]();
    await run.receiver?.[Symbol.asyncDispose]();
  });
  return run;
}
