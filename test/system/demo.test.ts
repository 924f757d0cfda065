import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createClient } from "../../client/create-client.ts";
import { eventually } from "../support/eventually.ts";
import { root, startFile } from "../support/process/program.ts";

const folder = mkdtempSync(join(tmpdir(), "hookcast-demo-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the demo has tenants whose webhooks work and fail, and ends without a trace", async () => {
  const { HOOKCAST_TEST_ASSEMBLY: template } = process.env;
  await using demo = startFile(
    join(root, "examples/demo/demo.ts"),
    template ? ["--template", template] : [],
    { PORT: "0", TMPDIR: folder },
  );
  const shown = /console {2}(\S+)\/console\/\n {2}key {6}(hk_\S+)/;
  await eventually(() => shown.test(demo.stdout()), { timeoutMs: 120_000 });
  const [, url = "", key = ""] = shown.exec(demo.stdout()) ?? [];
  const client = createClient({ url, key });
  const statusesOf = async (cacheName: string, webhookName: string) => {
    const webhooks = await Array.fromAsync(client.listWebhooks({ cacheName }));
    const webhookId = webhooks.find(({ id }) => id.webhookName === webhookName)?.webhookId ?? "";
    const deliveries = await Array.fromAsync(client.listDeliveries({ webhookId }));
    return deliveries.map(({ status }) => status);
  };
  await eventually(
    async () =>
      (await statusesOf("acme", "warehouse")).includes("delivered") &&
      (await statusesOf("acme", "erp-connector")).includes("retrying"),
    { timeoutMs: 60_000 },
  );
  expect(await demo.end("SIGINT")).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});
