import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, type TestContext, test } from "vitest";
import { createClient } from "../../../client/create-client.ts";
import { NotPossible } from "../../steps/not-possible.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { root } from "../../support/process/program.ts";
import { startLocalRun } from "../../support/service/local-run.ts";
import { codeBlock, codeBlocks, readDocument } from "../documents/code-blocks.ts";
import { runIn } from "../generated-clients/run-in.ts";
import { goEnvironment } from "./go.ts";

/** What a checkout has for Go, in the folder that the guide names, and a module of one's own beside it. */
const folder = await mkdtemp(join(tmpdir(), "hookcast-go-checkout-"));
const checkout = join(folder, "hookcast");
const own = join(folder, "own");
for (const path of ["clients/go", "examples/go-client"]) {
  await cp(join(root, path), join(checkout, path), { recursive: true });
}
const run = await startLocalRun();
afterAll(async () => {
  await run[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const messageId = "msg_[0-9A-Z]{26}";

async function type(
  { skip }: TestContext,
  place: string,
  command: string,
  env: Record<string, string> = {},
): Promise<string> {
  const service = { HOOKCAST_URL: run.url, HOOKCAST_KEY: run.key };
  const program = runIn(place, { ...goEnvironment(folder), ...service, ...env });
  try {
    await program("go", "version");
    return await program("bash", "-ec", command);
  } catch (error) {
    if (error instanceof NotPossible) skip(error.message);
    throw error;
  }
}

const [first = "", resend = ""] = codeBlock(readDocument("examples/go-client/README.md"), "sh")
  .trim()
  .split("\n");
const examples = join(checkout, "examples/go-client");

test("the first example verifies a delivery", async (context) => {
  const said = await type(context, examples, first);
  expect(said.trim().split("\n").sort()).toEqual([
    expect.stringMatching(new RegExp(`^published ${messageId}$`)),
    expect.stringMatching(new RegExp(`^verified ${messageId} paid {"amount":"12.50"}$`)),
  ]);
});

test("the second example sends again what failed", async (context) => {
  let status = 410;
  await using receiver = await startReceiver({ handler: () => ({ status }) });
  const hookcast = createClient(run);
  const { webhookId } = await hookcast.putWebhook({
    ...{ cacheName: "orders", webhookName: "billing", topicName: "failing" },
    destination: { postUrl: `${receiver.url}/` },
  });
  const failed = await hookcast.publish({ cacheName: "orders", topicName: "failing", value: {} });
  const statusOf = async () => (await hookcast.getDelivery({ webhookId, ...failed })).status;
  await eventually(async () => (await statusOf()) === "failed");
  expect(await type(context, examples, resend)).toMatch(`not sent again ${failed.messageId} `);
  status = 204;
  await hookcast.updateWebhookStatus({ webhookId, webhookStatus: "active" });
  expect(await type(context, examples, resend)).toBe(`sent again billing ${failed.messageId}\n`);
  await eventually(async () => (await statusOf()) === "delivered");
});

test("the programs of the guide run, one after the other", async (context) => {
  await using receiver = await startReceiver();
  const page = readDocument("docs/client-go.md");
  const [calls = "", ...others] = codeBlocks(page, "go");
  const parts = others.map(
    (block) =>
      `\tif err := func() error {\n${block}\treturn nil\n\t}(); err != nil {\n\treturn err\n\t}\n`,
  );
  await cp(join(root, "examples/go-client/first-delivery"), own, { recursive: true });
  await writeFile(
    join(own, "main.go"),
    `package main

import (
${["context", "encoding/json", "errors", "fmt", "io", "log", "net/http", "os"].map((name) => `\t"${name}"\n`).join("")}
	"hookcast.example/hookcast"
)

func main() {
	if err := guide(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func guide(ctx context.Context) error {
${calls}${parts.join("")}	return nil
}
`,
  );
  const start = `go mod init own\n${codeBlock(page, "sh")}go vet . && go run .`;
  const env = { RECEIVER_URL: `${receiver.url}/` };
  expect((await type(context, own, start, env)).trim().split("\n")).toEqual([
    expect.stringMatching(new RegExp(`^${messageId}$`)),
    expect.stringMatching(new RegExp(`^${messageId}$`)),
    "404 NOT_FOUND_ERROR [] 1",
    expect.stringMatching(/^http:\S+#\S+ 20/),
  ]);
});
