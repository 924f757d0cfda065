import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import project from "../../../package.json" with { type: "json" };
import { isUnreachable } from "../../../site/install.ts";
import { publish, subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { root, startProgram } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";
import { installPackage, packPackages } from "../../support/service/package.ts";

/** The last of each line that the packages are for. */
const versions = ["20.20.2", "22.23.3", "24.21.0"];

let folder: string;
let app: string;
let archive: string;
let run: LocalRun;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-nodes-"));
  app = join(folder, "app");
  mkdirSync(app);
  const archives = packPackages(folder);
  archive = archives.hookcast;
  // These two need no other package, so npm itself installs them without a registry.
  const own = [archives.hookcast, archives["@hookcast/client"]];
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", ...own], {
    cwd: app,
    stdio: ["ignore", "ignore", "inherit"],
  });
  installPackage(archives, "@hookcast/cdk", app, ["aws-cdk-lib", "constructs", "zod"]);
  cpSync(join(root, "examples/client/publish.js"), join(app, "publish.mjs"));
  writeFileSync(
    join(app, "client.mjs"),
    `import { createClient, HookcastError } from "@hookcast/client";
     import { VerificationError, verify } from "@hookcast/client/verify";
     const hookcast = createClient({ url: process.argv[2], key: process.argv[3] });
     const { messageId } = await hookcast.publish({ cacheName: "packed", topicName: "paid", value: 1 });
     const refused = await hookcast.publish({ cacheName: "packed", topicName: "$ours", value: 1 }).catch((e) => e);
     const forged = await verify({ headers: {}, body: "" }, { secret: "whsec_AAAA" }).catch((e) => e);
     for await (const { messageId: listed } of hookcast.listMessages({ cacheName: "packed" }))
       if (listed === messageId) console.log("listed");
     console.log(refused instanceof HookcastError, refused.status, forged instanceof VerificationError);`,
  );
  cpSync(join(root, "examples/express/inbox.js"), join(app, "inbox.mjs"));
  symlinkSync(join(root, "node_modules/libsql"), join(app, "node_modules/libsql"));
  writeFileSync(
    join(app, "receive-twice.mjs"),
    `import { openInbox } from "./inbox.mjs";
     const inbox = openInbox(":memory:");
     console.log(inbox.store("msg_1", Buffer.from("paid")), inbox.store("msg_1", Buffer.from("paid")));
     for (let round = 0; round < 2; round += 1) inbox.handleWaiting((id, body) => console.log(id, body));`,
  );
  const synth = `const app = new App();
     new Hookcast(new Stack(app, "Payments"), "Webhooks");
     console.log(app.synth().getStackByName("Payments").stackName);`;
  writeFileSync(
    join(app, "module.mjs"),
    `import { App, Stack } from "aws-cdk-lib"; import { Hookcast } from "@hookcast/cdk"; ${synth}`,
  );
  writeFileSync(
    join(app, "common.cjs"),
    `const { App, Stack } = require("aws-cdk-lib"); const { Hookcast } = require("@hookcast/cdk"); ${synth}`,
  );
  run = await startLocalRun();
}, 600_000);

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test.for(versions)(
  "the packages run on Node %s",
  { timeout: 300_000 },
  async (version, { skip }) => {
    const node = installNode(version);
    if (typeof node !== "string") return skip(node.reason);
    const ran = async (...args: string[]) => {
      const env = { ...process.env, HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key };
      await using program = startProgram(node, args, { cwd: app, env });
      expect(await program.exited, program.stderr()).toBe(0);
      return program.stdout();
    };
    expect(await ran("--version")).toBe(`v${version}\n`);
    const command = join(app, "node_modules/.bin/hookcast");
    expect(await ran(command, "--version")).toBe(`${project.version}\n`);
    expect(await ran(command, "publish", "packed/paid", "1")).toMatch(/msg_\w{26}/);
    expect(await ran("client.mjs", run.url, run.key)).toBe("listed\ntrue 400 true\n");
    expect(await ran("publish.mjs")).toMatch(
      /^(published msg_\w{26}\n){4}refused \w+\nrefused 400 \w+\n$/,
    );
    expect(await ran("receive-twice.mjs")).toBe("true false\nmsg_1 paid\n");
    expect(await ran("module.mjs")).toBe("Payments\n");
    expect(await ran("common.cjs")).toBe("Payments\n");
  },
);

test("the archive has no package of its own to fetch, and stays small", () => {
  const manifest = JSON.parse(
    readFileSync(join(app, "node_modules/hookcast/package.json"), "utf8"),
  );
  expect(manifest.dependencies).toBeUndefined();
  expect(statSync(archive).size).toBeLessThan(6_000_000);
  const stack = join(app, "node_modules/hookcast/dist/local/stack");
  const texts = ["manifest.json", "Hookcast.template.json", "Hookcast.assets.json"];
  for (const text of texts) expect(readFileSync(join(stack, text), "utf8")).not.toContain(root);
});

test.for(versions)(
  "hookcast start delivers on Node %s from an empty folder, or says which Node it needs",
  { timeout: 300_000 },
  async (version, { skip }) => {
    const node = installNode(version);
    if (typeof node !== "string") return skip(node.reason);
    const cwd = mkdtempSync(join(folder, "empty-"));
    const env = { ...process.env, PORT: "0", HOOKCAST_DATA_DIR: "data" };
    const command = join(app, "node_modules/.bin/hookcast");
    await using service = startProgram(node, [command, "start"], { cwd, env });
    if (version.startsWith("20.")) {
      expect(await service.exited).toBe(2);
      expect(service.stderr()).toContain(`needs Node 22.13 or newer, and this is Node ${version}`);
      return;
    }
    const ready = /^hookcast ready (http:\S+) key=(hk_\S+)\n$/;
    await eventually(() => ready.test(service.stdout()) || service.child.exitCode !== null, {
      timeoutMs: 90_000,
    });
    const [, url = "", key = ""] = ready.exec(service.stdout()) ?? [];
    expect(url, service.stderr()).not.toBe("");
    for (const page of ["console", "portal"]) {
      expect((await fetch(`${url}/${page}/`)).status).toBe(200);
    }
    await using receiver = await startReceiver();
    const call = api(url, key);
    const subscription = { cacheName: "orders", webhookName: "billing", topicName: "paid" };
    const { path } = await subscribe(call, receiver, subscription);
    const messageId = await publish(call, "orders", "paid", { amount: "12.50" });
    const delivery = await eventually(() => receiver.find(path, messageId), { timeoutMs: 60_000 });
    expect(delivery.refusal).toBeUndefined();
    expect(statSync(join(cwd, "data/operator.json")).mode & 0o777).toBe(0o600);
    expect(await service.end("SIGINT")).toBe(0);
    expect(service.stdout()).toMatch(ready);
  },
);

test("npm start runs the Node of npm ci, whichever Node npm itself runs on", async ({ skip }) => {
  const node = installNode(versions[0] ?? "");
  if (typeof node !== "string") return skip(node.reason);
  const PATH = `${dirname(node)}:${process.env.PATH}`;
  const HOOKCAST_DATA_DIR = mkdtempSync(join(folder, "npm-start-"));
  const env = { ...process.env, PATH, PORT: "0", HOOKCAST_DATA_DIR };
  const template = ["--template", process.env.HOOKCAST_TEST_ASSEMBLY ?? ""];
  await using npm = startProgram("npm", ["start", "--", ...template], { env });
  await eventually(() => npm.stdout().includes("hookcast ready") || npm.child.exitCode !== null, {
    timeoutMs: 90_000,
  });
  expect(npm.stdout(), npm.stderr()).toContain("hookcast ready");
  expect(await npm.end("SIGINT")).toBe(0);
}, 300_000);

/** The path of this version's program; it comes from npm, as the Node of `npm ci` does. */
function installNode(version: string): string | { reason: string } {
  if (process.version === `v${version}`) return process.execPath;
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const prefix = join(folder, `node-${version}`);
  const args = ["install", "--prefix", prefix, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status, stderr } = spawnSync("npm", [...args, `${name}@${version}`], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status === 0) return join(prefix, "node_modules", name, "bin/node");
  if (isUnreachable(stderr))
    return { reason: `npm has no ${name}@${version}: ${stderr.split("\n")[0]}` };
  throw new Error(stderr);
}
