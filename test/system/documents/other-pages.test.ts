/** Pages whose commands are typed one by one, each as it stands, in a checkout whose local run is up. */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Receiver, startReceiver } from "../../support/network/receiver.ts";
import { root } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";
import { codeBlocks, readDocument } from "./code-blocks.ts";
import { missingShell, type Shell, shellNames, shells } from "./shells.ts";

/** Leads to the files of the project, and has a data folder of its own. */
let checkout: string;
let run: LocalRun;
let receiver: Receiver;

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "hookcast-pages-"));
  run = await startLocalRun();
  receiver = await startReceiver();
  for (const name of readdirSync(root).filter((name) => !name.startsWith("."))) {
    await symlink(join(root, name), join(checkout, name));
  }
  await symlink(run.dataDir, join(checkout, ".hookcast"));
}, 120_000);
afterAll(async () => {
  await receiver?.[Symbol.asyncDispose]();
  await run?.[Symbol.asyncDispose]();
  await rm(checkout, { recursive: true, force: true });
});

async function type(shell: Shell, block: string): Promise<string> {
  const env = {
    ...process.env,
    ...{ API: `${run.url}/api/v1`, AUTH: `authorization: Bearer ${run.key}` },
    RECEIVER: receiver.url,
    HOOKCAST_DATA_DIR: "",
  };
  const { stdout } = await promisify(execFile)(shell, [...shells[shell], "-ec", block], {
    cwd: checkout,
    env,
    timeout: 120_000,
  });
  return stdout;
}

interface Page {
  /** Which of the page's blocks are typed here; all by default. */
  readonly typed?: (block: string) => boolean;
  /** What a reader puts in for what the page cannot know. */
  readonly filledIn?: (block: string) => string;
  /** What each block prints, in their order. */
  readonly prints: readonly RegExp[];
}

const success = /"status":"success"/;
const pages: Readonly<Record<string, Page>> = {
  "docs/console.md": { prints: [/\bhk_\S+/] },
  "docs/destination-auth.md": {
    filledIn: (block) => block.replace('"…"', '"a-token"'),
    prints: [success],
  },
  "docs/event-types.md": {
    filledIn: (block) => block.replace("http://127.0.0.1:3000", run.url).replace("hk_…", run.key),
    prints: [success],
  },
  "docs/events-in.md": {
    // events-in.test.ts has the others: it hosts the example, with the packages that the tests have built.
    typed: (block) => block.includes("npm run redrive"),
    prints: [/ingest/],
  },
  "docs/filters.md": { prints: [success, /"matches":false/] },
  "docs/local.md": {
    // installed.test.ts starts the package.
    typed: (block) => block !== "hookcast start\n",
    prints: [/\S/],
  },
  "docs/outbox.md": { prints: [/\S/, /\S/] },
};

const cases = Object.entries(pages).flatMap(([document, page]) =>
  shellNames.map((shell) => [document, shell, page] as const),
);

test.for(cases)(
  "the commands of %s work in %s",
  { timeout: 300_000 },
  async ([document, shell, page], { skip }) => {
    const { typed = () => true, filledIn = (block: string) => block, prints } = page;
    const missing = missingShell(shell);
    if (missing) return skip(missing);
    const blocks = ["bash", "sh"]
      .flatMap((language) => codeBlocks(readDocument(document), language))
      .filter(typed);
    expect(blocks).toHaveLength(prints.length);
    for (const [index, block] of blocks.entries()) {
      expect(await type(shell, filledIn(block)), block).toMatch(prints[index] ?? /^$/);
    }
  },
);

test("what docs/local.md publishes through the queue arrives", async () => {
  const subscription = { cacheName: "orders", webhookName: "queue", topicName: "paid" };
  const { path } = await subscribe(api(run.url, run.key), receiver, subscription);
  const [, block = ""] = codeBlocks(readDocument("docs/local.md"), "sh");
  await type("bash", block);
  const delivery = await eventually(
    () => receiver.deliveries.find((one) => one.path === path && one.refusal === undefined),
    { timeoutMs: 60_000 },
  );
  expect(JSON.parse(String(delivery.body)).data).toEqual({ amount: "12.50" });
}, 180_000);
