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
import { type EmulatedAws, openEmulatedAws } from "./emulated-aws.ts";
import { fencedBlocks } from "./fenced-blocks.ts";
import { makeIncident } from "./incident.ts";
import { problemsOf } from "./problems.ts";
import { type Call, type LeftOut, startReader } from "./reader.ts";
import { noLongerMissing, tableOf } from "./report-calls.ts";

const service = await openService();
const blocks = fencedBlocks(readDocument("docs/runbook.md"));
const commands = blocks.filter(({ language }) => language === "sh");

/** What changes the whole deployment runs once; zsh makes the same words of it. */
const leftOut: Record<Shell, readonly LeftOut[]> = {
  bash: [
    { command: "^npm run rotate-data-key$", why: "it waits for two minutes: a test of its own" },
  ],
  zsh: [
    {
      command: "^npm run rotate-data-key$",
      why: "it waits for two minutes: bash in a test of its own",
    },
    { command: "^npx cdk deploy", why: "it takes a while: bash alone" },
  ],
};

let folder: string;
let aws: EmulatedAws | NotPossible;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hookcast-runbook-"));
  aws = await openEmulatedAws(folder).catch((error) => {
    if (error instanceof NotPossible) return error;
    throw error;
  });
});

afterAll(async () => {
  if (!(aws instanceof NotPossible)) await aws?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test.concurrent.for(shellNames)(
  "every command of the runbook does in %s what it is there for",
  async (shell, { expect, skip }) => {
    if (aws instanceof NotPossible) return skip(aws.message);
    const missing = missingShell(shell);
    if (missing) return skip(missing);
    await using receiver = await startReceiver();
    const incident = await makeIncident(service, `orders-${shell}`, receiver.url);
    const table = { programs: aws.programs, leftOut: leftOut[shell] };
    await using reader = await startReader(shell, join(folder, shell), table, aws.env);

    const calls: Call[] = [];
    const problems: string[] = [];
    for (const [index, { heading, text }] of commands.entries()) {
      const block = incident.fill(text);
      expect(block, "something is left to fill in").not.toContain("…");
      const made = await reader.type(block);
      if (made.length === 0) problems.push(`${heading}: no command in\n${text}`);
      problems.push(...problemsOf(made).map((problem) => `${heading}: ${problem}`));
      calls.push(...made);
      // The address that the emulator gives leads nowhere outside it.
      if (index === 0) await reader.type(`ApiUrl=${service.url} KEY=${service.key}`);
      if (text.includes("restore-table-to-point-in-time")) await incident.loseRow();
    }
    console.log(tableOf("docs/runbook.md", shell, calls));
    expect(problems).toEqual([]);
    expect(await incident.isRowBack()).toBe(true);
    expect(await noLongerMissing(aws, calls)).toEqual([]);
    expect(unused(leftOut[shell], calls)).toEqual([]);
  },
);

test.concurrent("a data key that has leaked is rotated", async ({ expect, skip }) => {
  if (aws instanceof NotPossible) return skip(aws.message);
  await putWebhook(service.root, { cacheName: "rotation", webhookName: "sealed" });
  const table = { programs: aws.programs, leftOut: [] };
  await using reader = await startReader("bash", join(folder, "rotation"), table, aws.env);
  const [outputs] = commands;
  const rotation = commands.find(({ heading }) => heading === "A data key has leaked");
  expect(problemsOf(await reader.type(outputs?.text ?? ""))).toEqual([]);
  const calls = await reader.type(rotation?.text ?? "");
  expect(problemsOf(calls)).toEqual([]);
  expect(calls.at(-1)?.stdout).toMatch(/^data key \d+ is in use, [\d, ]+ deleted$/m);
});

test("what the runbook has beside commands is a query that only the console takes", () => {
  const others = blocks.filter(({ language }) => language !== "sh");
  expect(others).toEqual([
    {
      heading: "What is measured",
      language: "",
      text: expect.stringMatching(/^filter .* \| stats .*\n$/),
    },
  ]);
});

function unused(reasons: readonly LeftOut[], calls: Call[]): LeftOut[] {
  return reasons.filter(({ why }) => !calls.some((call) => call.leftOut === why));
}
