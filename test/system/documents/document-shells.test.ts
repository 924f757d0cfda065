import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { documents } from "../../support/documents.ts";
import { codeBlocks, readDocument } from "./code-blocks.ts";
import { missingShell, type Shell, shells } from "./shells.ts";

const withCommands = documents.filter((document) => blocksOf(document).length > 0);

function blocksOf(document: string): string[] {
  return ["bash", "sh"].flatMap((language) => codeBlocks(readDocument(document), language));
}

/** No program is found, so that a command shows the words that the shell has made of it and does no more. */
const showsWords = `command_not_found_handle() { local words=$(printf '<%s>' "$@"); printf '%s\\n' "$words"; }
command_not_found_handler() { command_not_found_handle "$@"; }
`;

async function wordsIn(shell: Shell, block: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-words-"));
  const { stdout: path } = await promisify(execFile)("sh", ["-c", `command -v ${shell}`]);
  const env = { PATH: folder, HOME: folder, fpath: folder };
  try {
    const options = { env, cwd: folder, timeout: 100_000 };
    const run = promisify(execFile)(
      path.trim(),
      [...shells[shell], "-c", showsWords + block],
      options,
    );
    const { stdout, stderr } = await run.catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    // Each shell complains under its own name of folders that are not there.
    return (
      sorted(stdout.replaceAll(folder, "")) +
      (/no match|parse error|syntax error|bad pattern/.exec(stderr)?.[0] ?? "")
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What runs in the background shows its words when it likes. */
function sorted(lines: string): string {
  return lines.split("\n").sort().join("\n");
}

const missing = missingShell("zsh");

test.for(withCommands)(
  "bash and zsh make the same of every command of %s",
  async (document, { skip }) => {
    if (missing) skip(missing);
    for (const block of blocksOf(document)) {
      expect(await wordsIn("zsh", block), block).toBe(await wordsIn("bash", block));
    }
  },
);
