import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/free-port.ts";
import { type Program, startProgram } from "../support/program.ts";
import { codeBlock, readDocument } from "./code-blocks.ts";

export interface ReceiverLanguage {
  /** How the document marks its code blocks. */
  fence: string;
  /** The name under which the document says to save it. */
  file: string;
  /** The programs that the document takes for granted. */
  tools: string[];
}

export interface Installation extends AsyncDisposable {
  exitCode: number | null;
  output: string;
  /** Starts the receiver and waits until it listens or has given up. */
  start(secret: string): Promise<RunningReceiver>;
}

export interface RunningReceiver extends AsyncDisposable {
  url: string;
  output(): string;
  hasEnded(): boolean;
}

/** Killed compilers leave their temporary files, which go with the folder. */
const temporary = "tmp";

/** Does what the guide says about one language, up to its last command, which starts the receiver. */
export async function install({ fence, file }: ReceiverLanguage): Promise<Installation> {
  const commands = codeBlock(partWith(fence), "sh").trim().split("\n");
  const startCommand = commands.pop() ?? "";
  const folder = await mkdtemp(join(tmpdir(), "hookcast-receiver-"));
  await mkdir(join(folder, temporary));
  await writeFile(join(folder, file), documentedSource(fence));
  await using installer = bash(commands.join("\n"), folder);
  const exitCode = await installer.exited;
  return {
    exitCode,
    output: installer.stdout() + installer.stderr(),
    start: (secret) => start(startCommand, folder, secret),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The receiver that the guide shows in a language. */
export function documentedSource(fence: string): string {
  return codeBlock(partWith(fence), fence);
}

/** The section of one language. */
function partWith(fence: string): string {
  const [, receivers = ""] = readDocument("docs/verify.md").split(/^## Receivers$/m);
  const parts = receivers.split(/^#+ /m);
  return parts.find((part) => part.includes(`\`\`\`${fence}\n`)) ?? "";
}

async function start(command: string, folder: string, secret: string): Promise<RunningReceiver> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}/`;
  const program = bash(command, folder, { SECRET: secret, PORT: port });
  let hasEnded = false;
  const ended = program.exited.then(() => {
    hasEnded = true;
  });
  const end = async () => {
    killGroup(program);
    await ended;
  };
  const isUp = async () => hasEnded || (await fetch(url, { method: "POST" }));
  await eventually(isUp, { timeoutMs: 60_000 }).catch(async (error) => {
    await end();
    throw new Error(program.stderr(), { cause: error });
  });
  return {
    url,
    output: () => program.stdout() + program.stderr(),
    hasEnded: () => hasEnded,
    [Symbol.asyncDispose]: end,
  };
}

/** Every package manager writes into the folder only, and gives up soon without a network. */
function bash(commands: string, cwd: string, env: Record<string, string> = {}): Program {
  const packages = {
    TMPDIR: join(cwd, temporary),
    PIP_TARGET: join(cwd, "python"),
    PYTHONPATH: join(cwd, "python"),
    PIP_RETRIES: "1",
    GOMODCACHE: join(cwd, "go"),
    GOFLAGS: `${process.env.GOFLAGS ?? ""} -modcacherw`.trim(),
    GEM_HOME: join(cwd, "ruby"),
    npm_config_fetch_retries: "0",
  };
  return startProgram("bash", ["--norc", "-ec", commands], {
    cwd,
    env: { ...process.env, ...packages, ...env },
    // A process group of its own: some of these tools start the receiver as their child.
    detached: true,
  });
}

function killGroup({ child }: Program): void {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing is left of the group.
  }
}
