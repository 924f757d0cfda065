/** `npm start`: runs the whole service on this machine until it is told to stop. */
import "./node-version.mjs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { devKey } from "./dev-key.ts";
import { startHost } from "./host.ts";
import { watchParent } from "./process/parent-watch.ts";
import { onStopSignal } from "./process/stop-signals.ts";
import { judgeOpenFiles, openFilesLimit } from "./starting/open-files.ts";
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
  const { values } = parseArgs({ options: { template: { type: "string" } } });
  const settings = readSettings(process.env);
  const { dataDir } = settings;
  const { refusal, warning } = judgeOpenFiles(openFilesLimit());
  if (refusal) throw new Error(refusal);
  if (warning) log(`warning: ${warning}`);
  const host = await startHost({
    ...settings,
    assembly: values.template ?? (() => synthesize(root, dataDir, log)),
    log,
  });
  stop = async () => {
    log("stopping");
    // Everything that was accepted is on disk already.
    await host.close().catch((error: unknown) => log(`stopped in spite of: ${error}`));
    process.exit(0);
  };
  const key = await devKey(root, dataDir, host.operatorEnv);
  if (host.siteUrl) log(`console: ${host.siteUrl}`);
  console.log(`hookcast ready ${host.url} key=${key}`);
} catch (error) {
  log(startFailure(error));
  process.exit(1);
}
