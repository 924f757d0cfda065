import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { DeliverySummary } from "../../shared/contract/delivery-log.ts";
import { Webhook } from "../../shared/contract/webhook.ts";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free-port.ts";
import { startReceiver } from "../support/receiver.ts";
import { startCliRun } from "./cli-run.ts";

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
    return /^1 .* 503 .*not today$/m.test(shown);
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
