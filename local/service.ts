import { parseArgs } from "node:util";
import { openInspector, withInspectPort } from "./dev/inspector.ts";
import { devKey } from "./dev-key.ts";
import { type Host, startHost } from "./host.ts";
import type { Log } from "./lambda/log-lines.ts";
import { createCleanups } from "./process/cleanups.ts";
import { watchParent } from "./process/parent-watch.ts";
import { onStopSignal } from "./process/stop-signals.ts";
import { checkOpenFiles, openFilesLimit } from "./starting/open-files.ts";
import { readSettings } from "./starting/settings.ts";
import { startFailure } from "./starting/start-failure.ts";

export interface ServiceParts {
  /** Gives the folder of the stack that is hosted where no `--template` names another. */
  assembly: (dataDir: string, log: Log) => Promise<string>;
  /** The program that makes API keys. */
  keysProgram: string;
  /** For `--watch`, where there are sources: has the functions follow them. */
  watch?: (host: Host, dataDir: string, log: Log) => Promise<AsyncDisposable>;
}

// Metrics are for CloudWatch: whoever reads along would see little else.
const log = (line: string) => {
  if (!line.includes('] {"_aws":')) console.error(line);
};

/** Runs the whole service in this process until it is told to stop; the process ends with it. */
export async function runService(args: readonly string[], parts: ServiceParts): Promise<void> {
  // Lambda's clocks show UTC, and secrets lie in the data folder.
  process.env.TZ = "UTC";
  process.umask(0o077);
  if (process.env.npm_lifecycle_event) watchParent(() => process.exit(1));

  let stop = async () => process.exit(130);
  onStopSignal(() => stop());

  try {
    const { values } = parseArgs({
      args: withInspectPort(args),
      options: {
        template: { type: "string" },
        watch: { type: "boolean" },
        inspect: { type: "string" },
      },
    });
    const settings = readSettings(process.env);
    const { dataDir } = settings;
    const { refusal, warning } = checkOpenFiles(openFilesLimit());
    if (refusal) throw new Error(refusal);
    if (warning) log(`warning: ${warning}`);
    const tools = createCleanups();
    if (values.inspect !== undefined) tools.use(openInspector(values.inspect));
    const host = await startHost({
      ...settings,
      isDebugged: values.inspect !== undefined,
      assembly: values.template ?? (() => parts.assembly(dataDir, log)),
      log,
    });
    stop = async () => {
      log("stopping");
      // With a debugger in it, the process would wait for the debugger to go.
      await tools[Symbol.asyncDispose]();
      // Everything that was accepted is on disk already.
      await host.close().catch((error: unknown) => log(`stopped in spite of: ${error}`));
      process.exit(0);
    };
    if (values.watch && parts.watch) tools.use(await parts.watch(host, dataDir, log));
    const key = await devKey(parts.keysProgram, dataDir, host.operatorEnv);
    if (host.functionUrl) log(`publish URL: ${host.functionUrl}`);
    if (host.siteUrl) log(`console: ${host.siteUrl}`);
    console.log(`hookcast ready ${host.url} key=${key}`);
  } catch (error) {
    log(startFailure(error));
    process.exit(1);
  }
}
