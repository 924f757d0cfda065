import type { SpawnOptions } from "node:child_process";
import { descendantsOf } from "./descendants.ts";
import { type Program, startProgram } from "./program.ts";

/** Programs that end when the run does, whatever ends it, with everything that they have started. */
export class Processes implements AsyncDisposable {
  readonly #programs = new Set<Program>();
  #isOver = false;

  start(command: string, args: string[], options: SpawnOptions = {}): Program {
    if (this.#isOver) throw new Error(`the run is over: ${command} was not started`);
    const program = startProgram(command, args, options);
    this.#programs.add(program);
    // A failure to start rejects what waits for the end.
    program.exited.catch(() => undefined).finally(() => this.#programs.delete(program));
    return program;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#programs].map(killTree));
  }
}

async function killTree(program: Program): Promise<void> {
  const { pid } = program.child;
  const descendants = pid === undefined ? [] : descendantsOf(pid);
  await program[Symbol.asyncDispose]();
  for (const descendant of descendants) {
    try {
      process.kill(descendant, "SIGKILL");
    } catch {
      // It has ended together with its parent.
    }
  }
}
