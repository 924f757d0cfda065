/**
 * `npm start`: runs the whole service on this machine until it is told to stop. `npm run dev` is the same with
 * `--watch`: functions follow their sources. `--inspect[=port]` lets a debugger in.
 */
import "./node-version.mjs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openInspector, withInspectPort } from "./dev/inspector.ts";
import { watchFunctions } from "./dev/watch-functions.ts";
import { devKey } from "./dev-key.ts";
import { startHost } from "./host.ts";
import { watchParent } from "./process/parent-watch.ts";
import { onStopSignal } from "./process/stop-signals.ts";
import { checkOpenFiles, openFilesLimit } from "./starting/open-files.ts";
import { readSettings } from "./starting/settings.ts";
import { startFailure } from "./starting/start-failure.ts";
import { synthesize } from "./synthesize.ts";

const root = resolve(import.meta.dirname, "..");
// Metrics are for CloudWatch: whoever reads along would see little else.
const log = (line: string) => {
  if (!line.includes('] {"_aws":')) console.error(line);
};

// Lambda's clocks show UTC, and secrets lie in the data folder.
process.env.TZ = "UTC";
process.umask(0o077);
if (process.env.npm_lifecycle_event) watchParent(() => process.exit(1));

let stop = async () => process.exit(130);
onStopSignal(() => stop());

try {
  const { values } = parseArgs({
    args: withInspectPort(process.argv.slice(2)),
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
  const tools = new AsyncDisposableStack();
  if (values.inspect !== undefined) tools.use(openInspector(values.inspect));
  const host = await startHost({
    ...settings,
    isDebugged: values.inspect !== undefined,
    assembly: values.template ?? (() => synthesize(root, dataDir, log)),
    log,
  });
  stop = async () => {
    log("stopping");
    // With a debugger in it, the process would wait for the debugger to go.
    await tools.disposeAsync();
    // Everything that was accepted is on disk already.
    await host.close().catch((error: unknown) => log(`stopped in spite of: ${error}`));
    process.exit(0);
  };
  if (values.watch) tools.use(await watchFunctions({ root, dataDir, host, log }));
  const key = await devKey(root, dataDir, host.operatorEnv);
  if (host.functionUrl) log(`publish URL: ${host.functionUrl}`);
  if (host.siteUrl) log(`console: ${host.siteUrl}`);
  console.log(`hookcast ready ${host.url} key=${key}`);
} catch (error) {
  log(startFailure(error));
  process.exit(1);
}
