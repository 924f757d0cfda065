/**
 * `recorded-program.ts <name> [words]` stands in a reader's PATH in place of a program: runs the program itself, or leaves
 * it out where the table says why, and notes what came of it.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Call, ProgramTable } from "./reader.ts";

const { READER_TABLE = "", READER_CALLS = "", PATH = "" } = process.env;
const [name = "", ...words] = process.argv.slice(2);
const { programs, leftOut }: ProgramTable = JSON.parse(readFileSync(READER_TABLE, "utf8"));
const said = [name, ...words].join(" ");
const reason = leftOut.find(({ command }) => new RegExp(command).test(said))?.why;

const call = reason === undefined ? run() : { status: 0, stdout: "", stderr: "", leftOut: reason };
appendFileSync(READER_CALLS, `${JSON.stringify({ words: [name, ...words], ...call })}\n`);
process.stdout.write(call.stdout);
process.stderr.write(call.stderr);
process.exitCode = call.status;

function run(): Omit<Call, "words"> {
  const program = programs[name];
  if (!program) return { status: 127, stdout: "", stderr: `no program that readers have\n` };
  const folder = mkdtempSync(join(tmpdir(), "hookcast-call-"));
  try {
    // Files, since commands may open /dev/stdout, which a socket does not allow.
    const [stdout, stderr] = [join(folder, "stdout"), join(folder, "stderr")];
    const { status, error } = spawnSync(program.command, [...(program.before ?? []), ...words], {
      stdio: ["inherit", openSync(stdout, "a"), openSync(stderr, "a")],
      // What it starts itself is none of the reader's typing.
      env: { ...process.env, PATH: PATH.slice(PATH.indexOf(":") + 1), ...program.env },
      ...(program.cwd && { cwd: program.cwd }),
    });
    return {
      status: status ?? 1,
      stdout: readFileSync(stdout, "utf8"),
      stderr: readFileSync(stderr, "utf8") + (error ? `${error.message}\n` : ""),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
