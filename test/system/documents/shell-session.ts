import { execFileSync } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { freePort } from "../../support/process/free-port.ts";
import { type Program, root, startProgram } from "../../support/process/program.ts";
import { type Shell, shells } from "./shells.ts";

/** A session of the shell in a fresh copy of the project, with ports and folders of its own. */
export async function startShellSession(shell: Shell = "bash"): Promise<Program> {
  const cwd = await copyOfTheProject();
  const env = {
    ...process.env,
    PORT: String(await freePort()),
    RECEIVER_PORT: String(await freePort()),
    HOOKCAST_DATA_DIR: join(cwd, ".hookcast"),
    XDG_CONFIG_HOME: join(cwd, ".config"),
  };
  // A process group of its own, so that a failing tour leaves nothing of it running.
  const session = startProgram(shell, [...shells[shell]], { cwd, env, detached: true });
  onTestFinished(() => killGroup(session));
  return session;
}

/** The working tree as a clone would have it, with the dependencies installed already. */
async function copyOfTheProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "hookcast-session-"));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0");
  for (const file of files.filter(Boolean)) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Types a block into the session and waits until the shell has done it. */
export async function typeBlock(session: Program, block: string, index: number): Promise<void> {
  // The copy borrows our node_modules, which npm ci would delete.
  if (block.includes("npm ci")) throw new Error(`not a block of a tour: ${block}`);
  const mark = `end of block ${index}`;
  session.child.stdin?.write(`${block}\necho '${mark}'\n`);
  await eventually(() => session.stdout().includes(mark), { timeoutMs: 90_000 }).catch((error) => {
    throw new Error(`${block}\n${session.stdout()}\n${session.stderr()}`, { cause: error });
  });
}

function killGroup({ child }: Program): void {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing is left of the group: the tour has stopped what it started.
  }
}
