/** `npm start`: runs the whole service on this machine until it is told to stop. */
import "./node-version.mjs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readAllowedHosts } from "./allowed-hosts.ts";
import { devKey } from "./dev-key.ts";
import { startHost } from "./host.ts";
import { watchParent } from "./parent-watch.ts";
import { startFailure } from "./start-failure.ts";
import { onStopSignal } from "./stop-signals.ts";
import { synthesize } from "./synthesize.ts";

const root = resolve(import.meta.dirname, "..");
const { PORT = "3000", HOOKCAST_DATA_DIR = ".hookcast", npm_lifecycle_event } = process.env;
const dataDir = resolve(HOOKCAST_DATA_DIR);
// Metrics are for CloudWatch: whoever reads along would see little else.
const log = (line: string) => {
  if (!line.includes('] {"_aws":')) console.error(line);
};

// Lambda's clocks show UTC, and secrets lie in the data folder.
process.env.TZ = "UTC";
process.umask(0o077);
if (npm_lifecycle_event) watchParent(() => process.exit(1));

let stop = async () => process.exit(130);
onStopSignal(() => stop());

try {
  const { values } = parseArgs({ options: { template: { type: "string" } } });
  const host = await startHost({
    assembly: values.template ?? (() => synthesize(root, dataDir, log)),
    dataDir,
    port: Number(PORT),
    allowedHosts: readAllowedHosts(process.env.HOOKCAST_ALLOWED_HOSTS),
    log,
  });
  stop = async () => {
    log("stopping");
    await host.close();
    process.exit(0);
  };
  const key = await devKey(root, dataDir, host.operatorEnv);
  if (host.siteUrl) log(`console: ${host.siteUrl}`);
  console.log(`hookcast ready ${host.url} key=${key}`);
} catch (error) {
  log(startFailure(error));
  process.exit(1);
}
