/**
 * `npm run demo`: the service on this machine, a receiver, and a few tenants whose webhooks work, fail and are
 * slow, with messages flowing. Its data is its own, and goes with it; one Ctrl-C ends all of it.
 */
import "../../local/node-version.mjs";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { createClient } from "../../client/create-client.ts";
import { startReceiver } from "./receiver.ts";
import { putTenants, tenants } from "./tenants.ts";
import { publishAlways } from "./traffic.ts";

const root = resolve(import.meta.dirname, "../..");
const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());

const dataDir = await mkdtemp(join(tmpdir(), "hookcast-demo-"));
const receiver = await startReceiver();
const service = spawn(process.execPath, ["local/start.ts", ...process.argv.slice(2)], {
  cwd: root,
  // In a group of its own: a Ctrl-C at the terminal reaches this process alone, which ends the others in order.
  detached: true,
  env: { ...process.env, HOOKCAST_DATA_DIR: dataDir },
  stdio: ["ignore", "pipe", "pipe"],
});
service.once("exit", () => stopping.abort());
// Its progress, without what its functions log: the console shows that better.
createInterface({ input: service.stderr }).on("line", (line) => {
  if (!line.startsWith("[")) console.error(line);
});

try {
  const { url, key } = await ready(service);
  const client = createClient({ url, key });
  const count = await putTenants(client, receiver.url);
  console.log(`${count} webhooks of ${Object.keys(tenants).length} tenants, with messages flowing.

  console  ${url}/console/
  key      ${key}

Open the console and sign in with the key. Ctrl-C ends everything.`);
  await publishAlways(client, stopping.signal);
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} finally {
  await end(service);
  await receiver[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
}

/** What the service says when it can be used. */
async function ready({ stdout }: ChildProcess): Promise<{ url: string; key: string }> {
  if (!stdout) throw new Error("the service has no stdout");
  for await (const line of createInterface({ input: stdout, signal: stopping.signal })) {
    const [, url, key] = /^hookcast ready (\S+) key=(\S+)$/.exec(line) ?? [];
    if (url && key) return { url, key };
  }
  throw new Error("the service did not start");
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGINT");
  await once(child, "exit");
}
