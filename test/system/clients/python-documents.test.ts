import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, type TestContext, test } from "vitest";
import { createClient } from "../../../client/create-client.ts";
import { NotPossible } from "../../steps/not-possible.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { root } from "../../support/process/program.ts";
import { startLocalRun } from "../../support/service/local-run.ts";
import { codeBlock, codeBlocks, readDocument } from "../documents/code-blocks.ts";
import { downloadIn, runIn } from "../generated-clients/run-in.ts";

/** A copy of what a checkout has for Python, where the commands of the README are typed. */
const checkout = await mkdtemp(join(tmpdir(), "hookcast-python-checkout-"));
const run = await startLocalRun();
const messageId = "msg_[0-9A-Z]{26}";
const commands = codeBlock(sectionOf("README.md", "### In Python"), "sh").trim().split("\n");
let problem: NotPossible | undefined;

beforeAll(async () => {
  for (const folder of ["clients/python", "examples/python"]) {
    await cp(join(root, folder), join(checkout, folder), { recursive: true });
  }
  const install = downloadIn(checkout, { PIP_RETRIES: "1" });
  await install("bash", "-ec", commands.slice(0, 2).join("\n")).catch((error) => {
    if (!(error instanceof NotPossible)) throw error;
    problem = error;
  });
}, 600_000);

afterAll(async () => {
  await run[Symbol.asyncDispose]();
  await rm(checkout, { recursive: true, force: true });
});

function sectionOf(path: string, title: string): string {
  const [, after = ""] = readDocument(path).split(`${title}\n`);
  return after;
}

function type(command: string, env: Record<string, string> = {}): Promise<string> {
  return runIn(checkout, env)("bash", "-ec", command);
}

function skipIfNotInstalled({ skip }: TestContext): void {
  if (problem) skip(problem.message);
}

test("the README leads to a verified delivery in Python", async (context) => {
  skipIfNotInstalled(context);
  const [, , variables = "", start = ""] = commands;
  const own = variables.replace(/\S+:3000/, `HOOKCAST_URL=${run.url}`).replace("hk_…", run.key);
  expect(await type(`${own}\n${start}`)).toMatch(
    new RegExp(`^published (${messageId})\\nverified \\1 paid {'amount': '12.50'}\\n$`),
  );
});

test("the example sends again what failed", async (context) => {
  skipIfNotInstalled(context);
  let status = 410;
  await using receiver = await startReceiver({ handler: () => ({ status }) });
  const hookcast = createClient(run);
  const { webhookId } = await hookcast.putWebhook({
    ...{ cacheName: "resent", webhookName: "billing", topicName: "paid" },
    destination: { postUrl: `${receiver.url}/` },
  });
  const failed = await hookcast.publish({ cacheName: "resent", topicName: "paid", value: {} });
  const statusOf = async () => (await hookcast.getDelivery({ webhookId, ...failed })).status;
  await eventually(async () => (await statusOf()) === "failed");
  const resend = ".venv/bin/python examples/python/resend_failed.py resent";
  const env = { HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key };
  expect(await type(resend, env)).toMatch(`not sent again ${failed.messageId} 409 FAILED_PRECON`);
  status = 204;
  await hookcast.updateWebhookStatus({ webhookId, webhookStatus: "active" });
  expect(await type(resend, env)).toBe(`sent again billing ${failed.messageId}\n`);
  await eventually(async () => (await statusOf()) === "delivered");
});

test("the programs of the guide run, one after the other", async (context) => {
  skipIfNotInstalled(context);
  await using receiver = await startReceiver();
  // Publishing through a queue needs boto3, and has its test in queue-publishers.test.ts.
  const blocks = codeBlocks(readDocument("docs/client-python.md"), "python").filter(
    (block) => !block.includes("import boto3"),
  );
  await writeFile(join(checkout, "guide.py"), blocks.join("\n"));
  const said = await type(".venv/bin/python guide.py", {
    ...{ HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key },
    RECEIVER_URL: `${receiver.url}/`,
  });
  expect(said.trim().split("\n")).toEqual([
    "billing",
    expect.stringMatching(new RegExp(`^${messageId}$`)),
    expect.stringMatching(new RegExp(`^${messageId}$`)),
    expect.stringMatching(/^404 NOT_FOUND_ERROR there is no webhook \S+ \(\) \S+$/),
    expect.stringMatching(/^http:\S+#\S+ 20/),
  ]);
});
