import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../eventually.ts";
import { type Program, root, startFile } from "../process/program.ts";

const readyLine = /^hookcast ready (http:\/\/127\.0\.0\.1:\d+) key=(hk_\S+)$/m;
const startTimeoutMs = 90_000;

export interface LocalRunOptions {
  env?: Record<string, string>;
  args?: string[];
  /** An existing cdk.out folder, in place of a synthesis; the one all tests share by default. */
  template?: string;
  /** Kept when the run ends; without it the run has a folder of its own, which goes with it. */
  dataDir?: string;
  /** Where the service's own code is, if not here. */
  checkout?: string;
}

export interface LocalRun extends AsyncDisposable {
  url: string;
  key: string;
  pid: number;
  dataDir: string;
  readyAfterMs: number;
  stdout(): string;
  stderr(): string;
  /** Ctrl-C; gives the exit code. */
  stop(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
}

/** Starts the process of a local run without waiting for anything. */
export function spawnLocalRun(
  env: Record<string, string>,
  args: string[] = [],
  checkout = root,
): Program {
  // The name of an npm script makes the run end with its parent, even when that is killed.
  return startFile(join(checkout, "local/start.ts"), args, {
    npm_lifecycle_event: "start",
    ...env,
  });
}

/** Starts the whole service on a free port and waits until it is ready. */
export async function startLocalRun(options: LocalRunOptions = {}): Promise<LocalRun> {
  const { args = [], env, template = process.env.HOOKCAST_TEST_ASSEMBLY } = options;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "hookcast-run-")));
  const startedTimeMs = performance.now();
  const program = spawnLocalRun(
    { PORT: "0", HOOKCAST_DATA_DIR: dataDir, ...env },
    template ? ["--template", template, ...args] : args,
    options.checkout,
  );
  const { url, key } = await ready(program);
  return {
    url,
    key,
    pid: program.child.pid ?? 0,
    dataDir,
    readyAfterMs: performance.now() - startedTimeMs,
    stdout: program.stdout,
    stderr: program.stderr,
    stop: () => program.end("SIGINT"),
    kill: async () => void (await program.end("SIGKILL")),
    async [Symbol.asyncDispose]() {
      // Nothing is left to save: the surest end is also the fastest.
      await program.end("SIGKILL");
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What the ready line says, or an error that shows what the process said in its place. */
async function ready(program: Program): Promise<{ url: string; key: string }> {
  let hasEnded = false;
  program.exited.then(() => {
    hasEnded = true;
  });
  const isReadyOrEnded = () => hasEnded || readyLine.test(program.stdout());
  await eventually(isReadyOrEnded, { timeoutMs: startTimeoutMs }).catch(() => undefined);
  const [, url, key] = readyLine.exec(program.stdout()) ?? [];
  if (url && key) return { url, key };
  const exitCode = await program.end("SIGKILL");
  throw new Error(`the local run never became ready (exit code ${exitCode}):\n${program.stderr()}`);
}
