import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { startProgram } from "../support/process/program.ts";

export interface GoClient extends AsyncDisposable {
  /** The status that it takes; undefined when it takes the answer for none. */
  statusOf(url: string): Promise<number | undefined>;
}

/** Go's own HTTP client, in a process. Undefined, after saying so, where there is no Go. */
export async function startGoClient(): Promise<GoClient | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-go-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const program = join(folder, "client");
  try {
    const source = join(import.meta.dirname, "go-client/main.go");
    await promisify(execFile)("go", ["build", "-o", program, source]);
  } catch (error) {
    await remove();
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    console.log("not compared: there is no go");
    return undefined;
  }
  const { child, ...running } = startProgram(program, []);
  if (!child.stdin || !child.stdout) throw new Error("the client has no pipes");
  const { stdin } = child;
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async statusOf(url) {
      stdin.write(`${url}\n`);
      return Number((await lines.next()).value) || undefined;
    },
    async [Symbol.asyncDispose]() {
      await running.end("SIGKILL");
      await remove();
    },
  };
}
