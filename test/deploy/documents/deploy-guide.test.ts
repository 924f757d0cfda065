import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openService } from "../../contract/service.ts";
import { putWebhook } from "../../contract/webhooks.ts";
import { NotPossible } from "../../steps/not-possible.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { readDocument } from "../../system/documents/code-blocks.ts";
import { missingShell, type Shell, shellNames } from "../../system/documents/shells.ts";
import { prepareAccount } from "./account.ts";
import { type EmulatedAws, openEmulatedAws } from "./emulated-aws.ts";
import { fencedBlocks } from "./fenced-blocks.ts";
import { problemsOf } from "./problems.ts";
import { type Call, type LeftOut, startReader } from "./reader.ts";
import { recordedAnswers } from "./recorded-answers.ts";
import { noLongerMissing, tableOf } from "./report-calls.ts";

const service = await openService();
const page = readDocument("docs/deploy.md");
const blocks = fencedBlocks(page).filter(({ language }) => language === "sh");

/** The webhook of its commands. */
const billing = { cacheName: "orders", webhookName: "billing" };

const nowhere: readonly LeftOut[] = [
  { command: "^npm ci$", why: "the tests have the packages installed" },
  { command: "^git ", why: "it changes the checkout" },
  { command: "^npx cdk (bootstrap|destroy)$", why: "it is what this run does itself" },
  {
    command: "console=true$",
    why: "the emulator never answers for what copies the console's files",
  },
];
const leftOut: Record<Shell, readonly LeftOut[]> = {
  bash: nowhere,
  zsh: [...nowhere, { command: "^npx cdk (deploy|diff)", why: "it takes a while: bash alone" }],
};

let folder: string;
let aws: EmulatedAws | NotPossible;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hookcast-guide-"));
  aws = await openEmulatedAws(folder).catch((error) => {
    if (error instanceof NotPossible) return error;
    throw error;
  });
});

afterAll(async () => {
  if (!(aws instanceof NotPossible)) await aws?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test.for(shellNames)(
  "every command of the guide to deploying does in %s what it is there for",
  async (shell, { skip }) => {
    if (aws instanceof NotPossible) return skip(aws.message);
    const missing = missingShell(shell);
    if (missing) return skip(missing);
    await using receiver = await startReceiver();
    await using prepared = await prepareAccount(aws);
    const { webhook } = await putWebhook(service.root, billing);
    const fill = (text: string) =>
      text
        .replaceAll("whk_…", webhook.webhookId)
        .replaceAll("https://your-receiver.example", receiver.url)
        .replaceAll("eu-central-1", "us-east-1")
        .replaceAll("cdk.out/", `${process.env.DEPLOYMENT_FOLDER}/cdk.out/`);
    const programs = { ...aws.programs, git: { command: "git" } };
    await using reader = await startReader(
      shell,
      join(folder, shell),
      { programs, leftOut: leftOut[shell] },
      aws.env,
    );

    const calls: Call[] = [];
    const problems: string[] = [];
    for (const { heading, text } of blocks) {
      const block = fill(text);
      expect(block, "something is left to fill in").not.toContain("…");
      if (heading === "Tearing down") await reader.type(prepared.variables);
      const made = await reader.type(block);
      if (made.length === 0) problems.push(`${heading}: no command in\n${text}`);
      problems.push(...problemsOf(made).map((problem) => `${heading}: ${problem}`));
      calls.push(...made);
      // The address that the emulator gives leads nowhere outside it. It has no function URLs: the gateway stands in.
      if (text.includes("KEY=$(")) {
        await reader.type(`ApiUrl=${service.url} PublishUrl=${service.url}/`);
      }
    }
    console.log(tableOf("docs/deploy.md", shell, calls));
    expect(problems).toEqual([]);
    expect(await noLongerMissing(aws, calls)).toEqual([]);
    const unused = leftOut[shell].filter(({ why }) => !calls.some((call) => call.leftOut === why));
    expect(unused).toEqual([]);
  },
);

test("every recorded answer is to a command of a document", () => {
  const documents = page + readDocument("docs/runbook.md");
  expect(recordedAnswers.filter(({ command }) => !documents.includes(command))).toEqual([]);
});
