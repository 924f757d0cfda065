import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { freePort, portOf } from "../../support/process/free-port.ts";
import { root } from "../../support/process/program.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();

/** A key that may do no more than this. */
function keyFor(permissions: string): string {
  const options = ["--permissions", permissions, "--cache", "mine", "--quiet"];
  const env = { ...process.env, HOOKCAST_DATA_DIR: cli.service.dataDir };
  const key = execFileSync(process.execPath, ["ops/keys.ts", "create", ...options], {
    ...{ cwd: root, env, encoding: "utf8" },
  });
  return key.trim();
}

test("a recovery beside one that runs: which one, and how to wait for it", async () => {
  const jobId = "job_01JDZ4W3K8H5N2P7Q9R4S6T1VX";
  const webhookId = "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN";
  const error = {
    code: "FAILED_PRECONDITION_ERROR",
    message: `recovery ${jobId} of this webhook is running; wait until it has ended`,
    details: [{ path: "jobId", message: jobId }],
  };
  // No recovery of the local run lasts as long as a command needs to start.
  const service = createServer((_, response) => {
    response.writeHead(409, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: "error", error }));
  }).listen(0, "127.0.0.1");
  await once(service, "listening");
  onTestFinished(() => void service.close());
  const env = { HOOKCAST_URL: `http://127.0.0.1:${portOf(service)}` };
  const recover = ["deliveries", "recover", webhookId, "--since", "1h"];
  const refused = await cli.hookcast.run(recover, { env });
  expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
  expect(refused.stderr).toBe(
    `hookcast: ${error.message} (FAILED_PRECONDITION_ERROR)\n  jobId: ${jobId}\n` +
      `To wait for it: hookcast deliveries recover --job ${jobId} ${webhookId}\n`,
  );
});

const put = ["webhooks", "put", "mine/a", "--topic", "t", "--url", "http://127.0.0.1:4000/"];

test("a key that may not do it: which permission it takes", async () => {
  const env = { HOOKCAST_KEY: keyFor("read") };
  const refused = await cli.hookcast.run(put, { env });
  expect(refused).toMatchObject({ exitCode: 4, stdout: "" });
  expect(refused.stderr).toMatch(/^hookcast: the key may not do this \(PERMISSION_ERROR, request /);
  expect(refused.stderr).toMatch(
    /\nputWebhook needs a key with the permission `manage` for this cache\.\n$/,
  );
  const elsewhere = await cli.hookcast.run(["webhooks", "list", "theirs"], { env });
  expect(elsewhere).toMatchObject({ exitCode: 4, stdout: "" });
  expect(elsewhere.stderr).toContain("listWebhooks needs a key with the permission `read`");
  const test = await cli.hookcast.run(["webhooks", "test", "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN"], {
    env,
  });
  expect(test).toMatchObject({ exitCode: 4, stdout: "" });
  expect(test.stderr).toContain("the permission `resend`, which `manage` includes, for this cache");
});

test("a key that nobody knows: how to set another", async () => {
  const env = { HOOKCAST_KEY: `hk_${"0".repeat(26)}_${"a".repeat(43)}_00000000` };
  const refused = await cli.hookcast.run(["webhooks", "list", "mine", "--json"], { env });
  expect(refused).toMatchObject({ exitCode: 4, stdout: "" });
  expect(JSON.parse(refused.stderr)).toEqual({
    error: {
      exit: "notAllowed",
      message: "the key is unknown, expired or revoked",
      advice: expect.stringContaining("hookcast profiles add"),
      details: [],
    },
  });
});

test("nobody at the address, or somebody else: what to look at", async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const nobody = await cli.hookcast.run(["webhooks", "list", "c"], { env: { HOOKCAST_URL: url } });
  expect(nobody).toMatchObject({ exitCode: 5, stdout: "" });
  expect(nobody.stderr).toBe(
    `hookcast: the service cannot be reached at ${url}: ECONNREFUSED\n` +
      "Is it running? `npm start` starts the local run and prints its address.\n",
  );
  const env = { HOOKCAST_URL: `${cli.service.url}/api/v1` };
  const somebody = await cli.hookcast.run(["webhooks", "list", "c"], { env });
  expect(somebody).toMatchObject({ exitCode: 1, stdout: "" });
  expect(somebody.stderr).toContain(`there is no Hookcast at ${cli.service.url}/api/v1`);
});

test("a bad field: every one of them, and what is wrong", async () => {
  const bad = ["webhooks", "put", "c/a", "--topic", "t", "--url", "ftp://x", "--timeout", "99"];
  const refused = await cli.hookcast.run(bad);
  expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
  expect(refused.stderr).toMatch(
    /INVALID_ARGUMENT_ERROR, request [\w-]+\)\n {2}config.timeoutSeconds: /,
  );
});

test("a recovery of a webhook that is switched off: how to switch it on", async () => {
  await cli.hookcast.done(...put);
  await cli.hookcast.done("webhooks", "status", "mine/a", "inactive");
  const refused = await cli.hookcast.run(["deliveries", "recover", "mine/a", "--since", "1h"]);
  expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
  expect(refused.stderr).toContain("`hookcast webhooks status mine/a active`");
});

test("open prints the console's page of whatever is named", async () => {
  const { url } = cli.service;
  await cli.hookcast.done(...put);
  const page = async (...thing: string[]) =>
    (await cli.hookcast.done("open", ...thing, "--print")).trim();
  expect(await page()).toBe(`${url}/console/#/`);
  expect(await page("mine")).toBe(`${url}/console/#/caches/mine/webhooks`);
  expect(await page("mine/msg_1")).toBe(`${url}/console/#/caches/mine/messages/msg_1`);
  expect(await page("mine/a")).toMatch(/\/console\/#\/webhooks\/whk_\w+$/);
  const elsewhere = { HOOKCAST_URL: "https://api.example" };
  const unknown = await cli.hookcast.run(["open"], { env: elsewhere });
  expect(unknown).toMatchObject({ exitCode: 2, stdout: "" });
  expect(unknown.stderr).toContain("--console <url>");
});
