import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startCliRun } from "./run.ts";

/** A service of its own: functions remember for half a minute which caches are suspended. */
const cli = startCliRun();

test("of a suspended cache it is told that what is sent again waits, and why", async () => {
  cli.status = 200;
  const url = `${cli.receiver.url}/crm`;
  await cli.hookcast.done("webhooks", "put", "initech/crm", "--topic", "orders", "--url", url);
  const messageId = (await cli.hookcast.done("publish", "initech/orders", "{}")).trim();
  await eventually(() => cli.receiver.find("/crm", messageId));
  await cli.hookcast.done("caches", "suspend", "initech");
  const retry = () => cli.hookcast.run(["deliveries", "retry", "initech/crm", messageId]);
  const queued = await eventually(async () => {
    const retried = await retry();
    return retried.stdout === `${messageId} is queued\n` ? retried : undefined;
  });
  expect(queued).toMatchObject({ exitCode: 0 });
  expect(queued.stderr).toMatch(/^Deliveries to this webhook are held back for now/m);
  const recover = ["deliveries", "recover", "initech/crm", "--message", messageId];
  expect((await cli.hookcast.run(recover)).stderr).toMatch(/are held back for now/);
}, 180_000);

test("status tells a webhook whose cache is suspended from one whose receiver fails", async () => {
  const health = {
    ...{ since: "2026-11-28T17:42:00Z", lastSuccessTime: null, lastError: null },
    ...{ waiting: 1, nextFreeTime: null },
  };
  const shown = (webhookName: string, more: object) => ({
    ...{ cacheName: "initech", webhookName, webhookId: `whk_${"0".repeat(26)}`, hours: null },
    health: { ...health, ...more },
  });
  const response = {
    counts: { ok: 0, failing: 0, limited: 0, held: 2, disabled: 0 },
    last24Hours: null,
    webhooks: [
      shown("crm", { state: "held", lastStatusCode: 200, nextProbeTime: null }),
      shown("erp", { state: "held", lastStatusCode: 500, nextProbeTime: "2026-11-28T17:50:00Z" }),
    ],
  };
  const body = JSON.stringify({ status: "success", response });
  const service = createServer((_, answer) => answer.end(body)).listen(0, "127.0.0.1");
  onTestFinished(() => void service.close());
  await once(service, "listening");
  const { port } = service.address() as AddressInfo; // a server that listens on TCP has one
  const { stdout, exitCode } = await cli.hookcast.run(["status"], {
    env: { HOOKCAST_URL: `http://127.0.0.1:${port}` },
  });
  expect(stdout).toMatch(/^held +initech\/crm .* cache suspended$/m);
  expect(stdout).toMatch(/^held +initech\/erp .* 500$/m);
  expect(exitCode).toBe(9);
});
