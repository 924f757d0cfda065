import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OutgoingRequest } from "../../../shared/domain/requests/outgoing-request.ts";
import { foundNoNetwork } from "../../steps/no-network.ts";
import { eventually } from "../../support/eventually.ts";
import { freePort } from "../../support/process/free-port.ts";
import { type Program, startProgram } from "../../support/process/program.ts";
import { missingShell, type Shell, shells } from "../documents/shells.ts";

/** What a person has typed to install a receiver in a folder of its own. */
export interface Installation extends AsyncDisposable {
  exitCode: number | null;
  output: string;
  /** Starts the receiver and waits until it listens or has given up. */
  start(secret: string, shell?: Shell): Promise<RunningReceiver>;
}

export interface RunningReceiver extends AsyncDisposable {
  url: string;
  output(): string;
  hasEnded(): boolean;
}

/** Killed compilers leave their temporary files, which go with the folder. */
const temporary = "tmp";

/** Runs the commands in a new folder that `fill` has filled, up to the last, which starts the receiver. */
export async function installReceiver(
  commands: readonly string[],
  fill: (folder: string) => Promise<void>,
): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-receiver-"));
  await mkdir(join(folder, temporary));
  await fill(folder);
  await using installer = typed("bash", commands.slice(0, -1).join("\n"), folder);
  const exitCode = await installer.exited;
  return {
    exitCode,
    output: installer.stdout() + installer.stderr(),
    start: (secret, shell = "bash") => start(shell, commands.at(-1) ?? "", folder, secret),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Why it failed, if it is that nothing can be downloaded from here. */
export function reasonNotInstalled({
  exitCode,
  output,
}: Pick<Installation, "exitCode" | "output">): string | undefined {
  const reason = exitCode === 0 ? undefined : foundNoNetwork(output);
  return reason && `its packages cannot be downloaded from here: ${reason}`;
}

/** The shell to start a receiver from again: zsh, where it can be had. */
export function otherShell(): Shell {
  const missing = missingShell("zsh");
  if (missing) console.log(`receivers are started from bash alone: ${missing}`);
  return missing ? "bash" : "zsh";
}

/** The status that a receiver answers a delivery with; 0 when it hangs up without an answer. */
export async function statusOf({ url }: RunningReceiver, { headers, body }: OutgoingRequest) {
  const request = { method: "POST", headers, body: new Uint8Array(body) };
  return await fetch(url, request).then(
    ({ status }) => status,
    () => 0,
  );
}

async function start(
  shell: Shell,
  command: string,
  folder: string,
  secret: string,
): Promise<RunningReceiver> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}/`;
  const program = typed(shell, command, folder, { SECRET: secret, PORT: port });
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
function typed(
  shell: Shell,
  commands: string,
  cwd: string,
  env: Record<string, string> = {},
): Program {
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
  return startProgram(shell, [...shells[shell], "-ec", commands], {
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
