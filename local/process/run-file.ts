import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** Runs one of the project's programs to its end and gives what it prints; it cannot outlive this process. */
export async function runFile(
  file: string,
  args: string[],
  environment: Record<string, string>,
  cwd = process.cwd(),
): Promise<string> {
  const exitWithParent = new URL("./exit-with-parent.ts", import.meta.url).href;
  const child = spawn(process.execPath, ["--import", exitWithParent, file, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
    cwd,
  });
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (exitCode !== 0) throw new Error(`${file} failed; the reason is above`);
  return output;
}
