import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bundlePage } from "../../infra/constructs/page-bundle.ts";
import { freePort } from "../support/process/free-port.ts";
import { root } from "../support/process/program.ts";
import { synthesize } from "../support/service/assembly.ts";
import { useConsole } from "./console-under-test.ts";
import { hostElsewhere } from "./elsewhere.ts";

const folder = await mkdtemp(join(tmpdir(), "hookcast-origins-"));
const ports = { named: await freePort(), unnamed: await freePort() };
const origins = {
  named: `http://127.0.0.1:${ports.named}`,
  unnamed: `http://127.0.0.1:${ports.unnamed}`,
};

const hookcast = useConsole(() =>
  synthesize(join(folder, "cdk.out"), { allowedOrigins: [origins.named] }),
);
const servers = new AsyncDisposableStack();

hookcast.prepare(async () => {
  const files = join(folder, "console");
  await bundlePage(root, "console", files);
  for (const port of Object.values(ports)) {
    const { url: apiUrl } = hookcast.run;
    servers.use(await hostElsewhere({ port, apiUrl, folder: files }));
  }
});
afterAll(async () => {
  await servers.disposeAsync();
  await rm(folder, { recursive: true, force: true });
});

test("a console at an origin that is named reads and changes webhooks", async () => {
  const page = await hookcast.openSignedIn("named", { at: origins.named });
  await page.getByRole("link", { name: "New webhook" }).click();
  await page.getByLabel("Name").fill("billing");
  await page.getByRole("textbox", { name: "Topic" }).fill("paid");
  await page.getByLabel("URL").fill(hookcast.receiver.url);
  await page.getByRole("button", { name: "Create the webhook" }).click();
  await page.getByRole("heading", { name: "billing is created" }).waitFor();
});

test("a console at another origin learns nothing, and is told what to set", async () => {
  const page = await hookcast.openPage({ at: origins.unnamed });
  await page.getByLabel("API key").fill(hookcast.run.key);
  await page.getByLabel("Cache").fill("unnamed");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("The service did not answer.").waitFor();
  await page.getByText("allowedOrigins").waitFor();
});

test("a page at another origin changes nothing, even with a key", async () => {
  const page = await hookcast.openPage({ at: origins.unnamed });
  const { url, key } = hookcast.run;
  const put = [
    `${url}/api/v1/caches/unnamed/webhooks/w`,
    {
      method: "PUT",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ destination: { postUrl: url }, topicName: "t" }),
    },
  ];
  const outcome = page.evaluate(`fetch(...${JSON.stringify(put)}).catch((error) => error.name)`);
  expect(await outcome).toBe("TypeError");
  const webhooks = hookcast.client.listWebhooks({ cacheName: "unnamed" });
  expect(await Array.fromAsync(webhooks)).toEqual([]);
});

test("the service's own console needs no mention", async () => {
  const page = await hookcast.openSignedIn("own");
  await page.getByText("This cache has no webhooks yet.").waitFor();
});
