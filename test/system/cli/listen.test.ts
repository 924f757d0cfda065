import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { DeliverySummary } from "../../../shared/contract/delivery.ts";
import { Webhook } from "../../../shared/contract/webhook.ts";
import { commandLine } from "../../support/command-line.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { startStallingTarget } from "../../support/network/stalling-target.ts";
import { descendantsOf, isAlive } from "../../support/process/descendants.ts";
import { freePort } from "../../support/process/free-port.ts";
import { startProgram } from "../../support/process/program.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();

test("listens to a topic for as long as it runs, and passes requests and answers on", async () => {
  const { hookcast } = cli;
  const headers = { "retry-after": "86400", "x-own": "1" };
  await using target = await startReceiver({
    handler: () => ({ status: 503, headers, body: "not today" }),
  });
  const forward = ["--forward", `${target.url}/hooks`];
  await using listen = hookcast.start("listen", "live/paid", ...forward, "--json");
  const { webhookId } = await eventually(async () => {
    const [webhook] = await hookcast.documents("webhooks", "list", "live");
    return z.parse(Webhook, webhook);
  });
  const messageId = (await hookcast.done("publish", "live/paid", '{"private":1}')).trim();
  const delivery = await eventually(() => target.find("/hooks", messageId));
  expect(delivery.headers).toMatchObject({
    "content-type": "application/json",
    "webhook-id": messageId,
    "user-agent": expect.stringContaining("Hookcast"),
    host: new URL(target.url).host,
  });
  await eventually(() => listen.stdout().endsWith("\n"));
  expect(JSON.parse(listen.stdout())).toMatchObject({
    ...{ messageId, verified: true, reason: null, statusCode: 503, forwarded: { error: null } },
  });
  expect(listen.stdout()).not.toContain("private");
  await eventually(async () => {
    const shown = await hookcast.done("deliveries", "show", webhookId, messageId);
    return /^ *1 .* 503 .*not today$/m.test(shown);
  });
  const [listed] = await hookcast.documents("deliveries", "list", webhookId);
  const { nextAttemptTime } = z.parse(DeliverySummary, listed);
  expect(Date.parse(nextAttemptTime ?? "") - Date.now()).toBeGreaterThan(3_600_000); // as it asked for

  listen.child.kill("SIGINT"); // under npm one Ctrl-C arrives twice
  expect(await listen.end("SIGINT"), listen.stderr()).toBe(0);
  expect(await hookcast.documents("webhooks", "list", "live")).toEqual([]);
});

test("answers for itself what is not genuine, and says who does not answer", async () => {
  const { hookcast } = cli;
  const [port, nobody] = [String(await freePort()), await freePort()];
  const url = `http://127.0.0.1:${port}/`;
  await hookcast.done("webhooks", "put", "c/one", "--topic", "t", "--url", url);
  const secretFile = join(cli.service.dataDir, "secret");
  await writeFile(secretFile, await hookcast.done("webhooks", "secret", "c/one"));
  const forward = ["--forward", `http://127.0.0.1:${nobody}/`];
  const source = ["--secret-file", secretFile];
  await using listen = hookcast.start("listen", "--port", port, ...source, ...forward);
  await eventually(() => listen.stderr().includes("Listening"));

  expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(400);
  expect((await fetch(url)).status).toBe(405);
  await eventually(() => listen.stdout().includes("NOT verified: webhook-id is missing"));
  await hookcast.done("publish", "c/t", "1");
  await eventually(() => listen.stdout().includes("answered 502"));
  expect(listen.stdout()).toContain(`http://127.0.0.1:${nobody}/ did not answer: ECONNREFUSED`);
  expect(await listen.end("SIGTERM")).toBe(0);
});

test("says that its port is taken, and puts no webhook", async () => {
  await using other = await startReceiver();
  const { port } = new URL(other.url);
  const refused = await cli.hookcast.run(["listen", "taken/t", "--port", port]);
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused.stderr).toBe(`hookcast: port ${port} is taken: choose another --port\n`);
  expect(await cli.hookcast.documents("webhooks", "list", "taken")).toEqual([]);
});

test.each(["/none", "/part"])(
  "goes on where a forward to %s does not end, and shows no password of it",
  async (path) => {
    const { hookcast } = cli;
    await using target = await startStallingTarget();
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}/`;
    await hookcast.done(
      ...["webhooks", "put", "c/slow", "--topic", `slow${path.slice(1)}`],
      ...["--url", url, "--timeout", "1"],
    );
    const forward = target.url.replace("//", "//user:private@") + path;
    await using listen = hookcast.start(
      ...["listen", "--webhook", "c/slow", "--port", port, "--forward", forward],
    );
    await eventually(() => listen.stderr().includes("Listening"));
    await hookcast.done("publish", `c/slow${path.slice(1)}`, "1");
    const line = `verified  not answered  the sender did not wait for ${target.url}${path}\n`;
    await eventually(() => listen.stdout().includes(line));
    expect((await fetch(url)).status).toBe(405);
    expect(`${listen.stdout()}${listen.stderr()}`).not.toContain("private");
    expect(await listen.end("SIGTERM")).toBe(0);
  },
);

test("drops what is larger than any delivery, and says so", async () => {
  const port = String(await freePort());
  const env = { HOOKCAST_SECRET: `whsec_${"A".repeat(32)}` };
  await using listen = commandLine(env).start("listen", "--port", port);
  await eventually(() => listen.stderr().includes("Listening"));
  const body = "x".repeat(5_000_000);
  await expect(fetch(`http://127.0.0.1:${port}/`, { method: "POST", body })).rejects.toThrow();
  await eventually(() => listen.stderr().includes("A request was dropped: its body has more than"));
  expect(await listen.end("SIGTERM")).toBe(0);
});

test("deletes its webhook when nobody reads on what it prints", async () => {
  const { hookcast } = cli;
  await using listen = hookcast.start("listen", "piped/t");
  await eventually(() => listen.stderr().includes("Listening"));
  listen.child.stdout?.destroy();
  await hookcast.done("publish", "piped/t", "1");
  expect(await listen.exited, listen.stderr()).toBe(0);
  expect(await hookcast.documents("webhooks", "list", "piped")).toEqual([]);
});

test("refuses what it could not verify with, not bind to, or would leave unused", async () => {
  const env = { HOOKCAST_SECRET: "no secret!" };
  const wrong: [string[], string][] = [
    [[], "the secret must be whsec_ and base64"],
    [["--port", "65536"], "option '--port <port>' argument '65536' is invalid. It must be from 0 "],
    [["--public-url", "https://a.example"], "--public-url is for the webhook that a topic gets"],
    [["c/t", "--webhook", "c/one"], "with a topic, the webhook has its own secret"],
    [["--forward", "http://localhost", "--status", "500"], "option '--status <code>' cannot be "],
  ];
  for (const [options, message] of wrong) {
    const refused = await cli.hookcast.run(["listen", ...options], { env });
    expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
    expect(refused.stderr).toContain(`hookcast: ${message}`);
  }
});

test.each(["SIGHUP", "SIGTERM"] as const)("deletes its webhook at %s", async (signal) => {
  const { hookcast } = cli;
  await using listen = hookcast.start("listen", "gone/paid");
  await eventually(async () => {
    const listed = await hookcast.documents("webhooks", "list", "gone");
    return listed.length === 1 && listen.stderr().includes("Listening");
  });
  // As where the terminal is closed: nobody reads what it says of its end.
  listen.child.stdout?.destroy();
  listen.child.stderr?.destroy();
  expect(await listen.end(signal)).toBe(0);
  expect(await hookcast.documents("webhooks", "list", "gone")).toEqual([]);
});

test("ends when the npm that started it is stopped", async () => {
  const port = String(await freePort());
  const env = { ...process.env, HOOKCAST_SECRET: `whsec_${"A".repeat(32)}` };
  const args = ["run", "--silent", "hookcast", "--", "listen", "--port", port];
  await using npm = startProgram("npm", args, { env });
  await eventually(() => npm.stderr().includes("Listening"));
  const descendants = descendantsOf(npm.child.pid ?? 0);
  onTestFinished(() => descendants.filter(isAlive).forEach((pid) => void process.kill(pid)));
  expect(descendants).not.toEqual([]);
  npm.child.kill("SIGTERM");
  await eventually(() => !descendants.some(isAlive));
});

test("tail ends with 0 where its terminal is closed", async () => {
  const { hookcast } = cli;
  await hookcast.done("webhooks", "put", "c/tailed", "--topic", "t", "--url", "http://127.0.0.1:9");
  await using tail = hookcast.start("deliveries", "tail", "c/tailed");
  await eventually(() => tail.stderr().includes("Following"));
  expect(await tail.end("SIGHUP")).toBe(0);
});
