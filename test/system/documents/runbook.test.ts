import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeBlock, codeBlocks, readDocument } from "./code-blocks.ts";
import { missingShell, type Shell, shells } from "./shells.ts";

const runbook = readDocument("docs/runbook.md");
const [preamble = ""] = codeBlocks(runbook, "sh");

/**
 * The AWS CLI as it answers with `--output text`: rows with tabs, page after page, to each of which the query was put.
 * What it was asked is in the folder's `asked`, a line a call.
 */
const cli = `#!/bin/sh
echo "$*" >> "$ASKED"
case "$1 $2" in
"cloudformation describe-stacks") printf 'ApiUrl\\thttps://api.example\\nDeliveriesTable\\tdeliveries-1\\n' ;;
"cloudformation list-stack-resources") cat "$PAGES" ;;
"lambda get-function-configuration") echo "/aws/logs/$4" ;;
esac
`;

/** A stack of more than a hundred resources: two pages. */
const pages = (part: string) =>
  [
    `${part}ApiPublishA2597268\tHookcast-publish`,
    `${part}ApiPublishBatch067EB9E7\tHookcast-publish-batch`,
    `OtherApiPublishA2597268\tother-publish`,
    `${part}WorkersSweepC7288907\tHookcast-sweep`,
    `${part}WorkersDeliver9C82065E\tHookcast-deliver`,
  ].join("\n");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hookcast-runbook-"));
  await writeFile(join(folder, "aws"), cli);
  await chmod(join(folder, "aws"), 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

async function type(shell: Shell, part: string, commands: string) {
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    ASKED: join(folder, "asked"),
    PAGES: join(folder, "pages"),
  };
  await writeFile(env.ASKED, "");
  await writeFile(env.PAGES, `${pages(part)}\n`);
  const script = `${preamble.replace(/^PART=$/m, `PART=${part}`)}\n${commands}`;
  const { stdout } = await promisify(execFile)(shell, [...shells[shell], "-c", script], { env });
  return { stdout, asked: (await readFile(env.ASKED, "utf8")).trim().split("\n") };
}

for (const shell of ["bash", "zsh"] as const) {
  test.for([[""], ["Webhooks"]] as const)(
    `in ${shell} every function is found by its name, on any page, also below a construct: "%s"`,
    async ([part], { skip }) => {
      const missing = missingShell(shell);
      if (missing) skip(missing);
      const names = "fn ApiPublish; fn ApiPublishBatch; fn WorkersDeliver; fn WorkersSweep";
      const { stdout } = await type(shell, part, names);
      expect(stdout.split("\n")).toEqual([
        ...["Hookcast-publish", "Hookcast-publish-batch", "Hookcast-deliver", "Hookcast-sweep"],
        "",
      ]);
    },
  );

  test(`in ${shell} logs, outputs and times are what the commands take`, async ({ skip }) => {
    const missing = missingShell(shell);
    if (missing) skip(missing);
    const { stdout, asked } = await type(
      shell,
      "",
      `logs WorkersDeliver '{ $.level = "error" }'; echo "$ApiUrl $DeliveriesTable"; ago 0`,
    );
    expect(asked.at(-1)).toMatch(
      /^logs filter-log-events --log-group-name \/aws\/logs\/Hookcast-deliver --start-time \d{13} --filter-pattern { \$\.level = "error" } --query events\[\]\.\[message\] --output text$/,
    );
    const [outputs, now = ""] = stdout.trim().split("\n");
    expect(outputs).toBe("https://api.example deliveries-1");
    expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
}

test("every function that the runbook names is one of the stack's", () => {
  const named = [...runbook.matchAll(/(?:fn|logs) ((?:Api|Workers)\w+)/g)].map(([, name]) => name);
  const workers = ["Deliver", "FanOut", "Ingest", "Outbox", "Recover", "Sweep"];
  const known = ["ApiAuthorize", "ApiPublish", ...workers.map((name) => `Workers${name}`)];
  expect([...new Set(named)].sort()).toEqual(known);
  expect(codeBlock(runbook, "sh")).toBe(preamble);
});
