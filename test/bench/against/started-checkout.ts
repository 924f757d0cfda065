import { readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { startProgram } from "../../support/process/program.ts";
import type { Checkout } from "./checkout.ts";

const PackageJson = z.object({ scripts: z.object({ start: z.string() }) });
const readyLine = /^hookcast ready (http:\/\/\S+) key=(\S+)$/m;
const startTimeoutMs = 180_000;

/** What `npm start` has started. */
export interface StartedCheckout extends AsyncDisposable {
  url: string;
  key: string;
  /** The uppermost process of the service. */
  pid: number;
  readyAfterMs: number;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

/**
 * Runs the start script as `npm start` does, but for npm itself, whose memory is not the service's. It ends with
 * `ending`, and with this process, whatever ends that.
 */
export async function startCheckout(
  { name, folder }: Checkout,
  dataDir: string,
  ending: AsyncDisposableStack,
): Promise<StartedCheckout> {
  const { scripts } = z.parse(
    PackageJson,
    JSON.parse(await readFile(join(folder, "package.json"), "utf8")),
  );
  const startedMs = performance.now();
  const path = [join(folder, "node_modules/.bin"), process.env.PATH].join(delimiter);
  const program = startProgram("/bin/sh", ["-c", scripts.start], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ PATH: path, npm_lifecycle_event: "start", PORT: "0", HOOKCAST_DATA_DIR: dataDir },
    },
  });
  ending.use(program);
  const { child, stdout, stderr } = program;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await eventually(() => hasEnded() || readyLine.test(stdout()), { timeoutMs: startTimeoutMs });
  const readyAfterMs = performance.now() - startedMs;
  const [, url, key] = readyLine.exec(stdout()) ?? [];
  if (!url || !key) throw new Error(`${name} did not start:\n${stderr()}`);
  return {
    url,
    key,
    pid: child.pid ?? 0,
    readyAfterMs,
    stop: async () => void (await program.end("SIGINT")),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
