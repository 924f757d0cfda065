import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { NotPossible } from "../../steps/not-possible.ts";
import { installPython } from "../../steps/python.ts";
import { codeBlocks, readDocument } from "./code-blocks.ts";

/** What a reader has by then: the stack's outputs, and names that the documents have them choose. */
const known = {
  ...{ STACK: "Hookcast", PART: "", AWS_REGION: "us-east-1", ACCOUNT: "123456789012" },
  ...{ WebhooksTable: "webhooks", MessagesTable: "messages", DeliveriesTable: "deliveries" },
  ...{ ApiKeysTable: "api-keys", DataKey: "0e5c2f5c-1111-2222-3333-444455556666" },
  RecoverQueue: "https://sqs.us-east-1.amazonaws.com/123456789012/recover",
  ...{ queue: "queue", restored: "restored", shard: "0", topic: "topic", table: "table" },
};

/** No program is found: each shows its words, and gives what programs like it would. Those of a pipe run at once. */
const programs = `command_not_found_handle() {
  { printf '%s\\0' "$@"; printf '\\n'; } >> "$SAID/$BASHPID"
  case "$1" in
    ago | date) echo 2026-01-31T12:00:00Z ;;
    *) echo value ;;
  esac
}
`;

const folder = await mkdtemp(join(tmpdir(), "hookcast-aws-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const python = await installPython(folder, "test/aws-cli/requirements.txt").catch((error) => {
  if (error instanceof NotPossible) return error;
  throw error;
});

/** The words of every call of the CLI in a block, as bash makes them. */
async function callsIn(block: string): Promise<string[][]> {
  const said = await mkdtemp(join(folder, "said-"));
  const env = { PATH: join(folder, "none"), HOME: folder, SAID: said, ...known };
  const options = { env, cwd: folder, timeout: 120_000 };
  const args = ["--noprofile", "--norc", "-c", programs + block];
  await promisify(execFile)("/bin/bash", args, options).catch(() => undefined);
  const texts = await Promise.all(
    (await readdir(said)).map((name) => readFile(join(said, name), "utf8")),
  );
  return texts
    .flatMap((text) => text.split("\0\n"))
    .map((words) => words.split("\0"))
    .filter(([program]) => program === "aws");
}

/** What the CLI says of a call that nobody can answer. */
async function answerTo(aws: string, [, ...words]: string[]): Promise<string> {
  const nobody = ["--endpoint-url", "http://127.0.0.1:9", "--no-sign-request"];
  const env = {
    PATH: dirname(aws),
    HOME: folder,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_MAX_ATTEMPTS: "1",
  };
  const calls = promisify(execFile)(aws, [...words, ...nobody], { env, timeout: 120_000 });
  const { stderr } = await calls.catch((error: { stderr: string }) => error);
  return stderr.trim();
}

test.for(["docs/runbook.md", "docs/deploy.md"])(
  "the AWS CLI takes every command of %s",
  { timeout: 600_000 },
  async (document, { skip }) => {
    if (python instanceof NotPossible) return skip(python.message);
    const aws = join(dirname(python), "aws");
    const blocks = ["sh", "bash"].flatMap((language) =>
      codeBlocks(readDocument(document), language),
    );
    const calls: string[][] = [];
    for (const block of blocks) calls.push(...(await callsIn(block)));
    const unlike = [...new Map(calls.map((words) => [words.join("\0"), words])).values()];
    expect(unlike.length).toBeGreaterThan(5);
    const refused: string[] = [];
    for (const words of unlike) {
      // It copies what is on the disk, where the readers' synthesis has put it.
      if (words[1] === "s3") continue;
      const said = await answerTo(aws, words);
      if (!/Could not connect to the endpoint/.test(said))
        refused.push(`${words.join(" ")}: ${said}`);
    }
    expect(refused.join("\n")).toBe("");
  },
);
