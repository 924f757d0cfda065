import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../../support/eventually.ts";
import { root, startProgram } from "../../support/process/program.ts";
import { type Shell, shells } from "../../system/documents/shells.ts";

/** What a reader has typed, or a function of the document for them, and what came of it. */
export interface Call {
  words: string[];
  status: number;
  stdout: string;
  stderr: string;
  /** Why it was not run. */
  leftOut?: string;
}

export interface RunProgram {
  command: string;
  /** Goes before what is typed. */
  before?: string[];
  env?: Record<string, string>;
  cwd?: string;
}

export interface LeftOut {
  /** A regular expression of whole commands. */
  command: string;
  why: string;
}

/** The programs that documents name; any other is an error. */
export interface ProgramTable {
  programs: Record<string, RunProgram>;
  leftOut: readonly LeftOut[];
}

export interface Reader extends AsyncDisposable {
  /** Types a block, waits until the shell has done it, and gives every call of a program in it. */
  type(block: string): Promise<Call[]>;
}

const recorded = `'${process.execPath}' '${join(import.meta.dirname, "recorded-program.ts")}'`;
/** Whatever is no program is noted as well. */
const unknown = `command_not_found_handle() { ${recorded} "$@"; }
command_not_found_handler() { command_not_found_handle "$@"; }
`;

/** Somebody in the project's folder who types what a document says, one block after the other, into one shell. */
export async function startReader(
  shell: Shell,
  folder: string,
  table: ProgramTable,
  env: NodeJS.ProcessEnv,
): Promise<Reader> {
  const path = join(folder, "bin");
  await mkdir(path, { recursive: true });
  for (const name of Object.keys(table.programs)) {
    await writeFile(join(path, name), `#!/bin/sh\nexec ${recorded} ${name} "$@"\n`, {
      mode: 0o755,
    });
  }
  const [tableFile, callsFile] = [join(folder, "table.json"), join(folder, "calls")];
  await writeFile(tableFile, JSON.stringify(table));
  const session = startProgram(shell, [...shells[shell]], {
    cwd: root,
    env: {
      ...env,
      PATH: `${path}:${env.PATH}`,
      READER_TABLE: tableFile,
      READER_CALLS: callsFile,
    },
    // A process group of its own, so that nothing of a block that hangs is left.
    detached: true,
  });
  let blocks = 0;
  let calls = 0;
  const source = async (text: string) => {
    const file = join(folder, `block-${++blocks}.sh`);
    await writeFile(file, text);
    const mark = `end of block ${blocks}`;
    session.child.stdin?.write(`. ${file} </dev/null; echo '${mark}'\n`);
    await eventually(() => session.stdout().includes(mark), { timeoutMs: 600_000 });
    const complaint = new RegExp(`^.*block-${blocks}\\.sh:.*$`, "m").exec(session.stderr());
    if (complaint) throw new Error(`${shell} refuses a block: ${complaint[0]}\n${text}`);
  };
  await source(unknown);
  return {
    async type(block) {
      await source(block);
      const all = await callsIn(callsFile);
      const since = all.slice(calls);
      calls = all.length;
      return since;
    },
    async [Symbol.asyncDispose]() {
      try {
        if (session.child.pid) process.kill(-session.child.pid, "SIGKILL");
      } catch {
        // Nothing is left of it.
      }
      await session[Symbol.asyncDispose]();
    },
  };
}

async function callsIn(file: string): Promise<Call[]> {
  if (!existsSync(file)) return [];
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  return lines.map((line): Call => JSON.parse(line));
}
