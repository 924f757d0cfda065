/** What CONTRIBUTING.md has somebody type who works on the project. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { root, startProgram } from "../../support/process/program.ts";
import { codeBlocks, readDocument } from "./code-blocks.ts";
import { missingShell, shellNames, shells } from "./shells.ts";

const blocks = codeBlocks(readDocument("CONTRIBUTING.md"), "sh");
const installing = blocks.filter((block) => block.startsWith("npm ci && "));
const starting = blocks.filter((block) => !installing.includes(block));

test("the commands that install are those of CI, which runs them on a fresh machine", () => {
  expect(installing).toEqual(["npm ci && npm start\n", "npm ci && npm test\n"]);
  const ci = readDocument(".ci/run");
  for (const command of ["npm ci", "npm test"]) expect(ci).toMatch(new RegExp(`^${command}`, "m"));
});

const cases = starting.flatMap((block) =>
  shellNames.map((shell) => [block.trim(), shell] as const),
);

test.for(cases)(
  "%s starts the service in %s",
  { timeout: 180_000 },
  async ([block, shell], { skip }) => {
    const missing = missingShell(shell);
    if (missing) return skip(missing);
    const dataDir = await mkdtemp(join(tmpdir(), "hookcast-own-project-"));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    // The debugger's usual port may be in use on this machine.
    const command = block.replace(/--inspect$/m, "--inspect=0");
    await using session = startProgram(shell, [...shells[shell], "-ec", command], {
      cwd: root,
      env: { ...process.env, PORT: "0", HOOKCAST_DATA_DIR: dataDir },
      detached: true,
    });
    const group = -(session.child.pid ?? 0);
    let hasEnded = false;
    session.exited.then(() => {
      hasEnded = true;
    });
    onTestFinished(() => {
      if (!hasEnded) process.kill(group, "SIGKILL");
    });
    const isReady = () => session.stdout().includes("hookcast ready http://");
    await eventually(() => isReady() || hasEnded, { timeoutMs: 120_000 });
    expect(isReady(), session.stderr()).toBe(true);
    // As Ctrl-C in a terminal does.
    process.kill(group, "SIGINT");
    await eventually(() => hasEnded);
    expect(session.stderr()).toContain("stopping");
  },
);

test("there is something to start", () => {
  expect(starting).toEqual(["npm run dev\n", "npm start -- --inspect\n"]);
});
