import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { descendantsOf, isAlive } from "../../support/process/descendants.ts";
import { portOf } from "../../support/process/free-port.ts";
import { type Program, startFile, startProgram } from "../../support/process/program.ts";
import { temporaryFolder, writeAssembly } from "./assembly.ts";

function local(file: string): string {
  return JSON.stringify(new URL(`../../../local/${file}`, import.meta.url).href);
}

/** Runs this text as a program. */
function startText(text: string): Program {
  return startProgram(process.execPath, ["--input-type=module", "-e", text]);
}

const printsItsId = `console.log("id " + process.pid); setInterval(() => {}, 1000);`;

async function idPrintedBy(program: Program): Promise<number> {
  const pid = Number(await eventually(() => /id (\d+)/.exec(program.stdout())?.[1]));
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  });
  return pid;
}

const watches = `import { watchParent } from ${local("process/parent-watch.ts")};
  watchParent(() => process.exit(1)); ${printsItsId}`;

test.each<[string, string]>([
  ["its parent", `spawn(process.execPath, args, options)`],
  [
    "the parent of a shell that stays",
    `spawn("sh", ["-c", '"$0" "$@"; :', process.execPath, ...args], options)`,
  ],
])("notices that %s was killed", async (_, spawn) => {
  await using parent = startText(`import { spawn } from "node:child_process";
    const args = ["--input-type=module", "-e", ${JSON.stringify(watches)}];
    const options = { stdio: ["ignore", "inherit", "inherit"] };
    ${spawn};`);
  const pid = await idPrintedBy(parent);
  parent.child.kill("SIGKILL");
  await eventually(() => !isAlive(pid));
});

test("runs programs that do not outlive it", async () => {
  await using parent = startText(`import { runFile } from ${local("process/run-file.ts")};
    await runFile("-e", ["setInterval(() => {}, 1000)"], {});`);
  const [pid = 0] = await eventually(() => {
    const children = descendantsOf(parent.child.pid ?? 0);
    return children.length > 0 ? children : undefined;
  });
  parent.child.kill("SIGKILL");
  await eventually(() => !isAlive(pid));
});

test("stops at the first signal, takes an echo of it for the same, and ends at a later one", async () => {
  // The clock is the test's own: under load a signal may take longer than the echo of one may.
  await using program = startText(`import { onStopSignal } from ${local("process/stop-signals.ts")};
    const signalTimesMs = [0, 400, 600];
    performance.now = () => signalTimesMs.shift();
    onStopSignal(async () => { console.log("stopping"); });
    process.on("SIGINT", () => console.log("signal")); ${printsItsId}`);
  await idPrintedBy(program);
  program.child.kill("SIGINT");
  await eventually(() => program.stdout().includes("stopping"));
  program.child.kill("SIGINT");
  await eventually(() => program.stdout().match(/signal/g)?.length === 2);
  expect(await program.end("SIGINT")).toBe(130);
  expect(program.stdout().match(/stopping/g)).toHaveLength(1);
});

test("says at once that the port is taken", async () => {
  const rival = createServer().listen(0, "127.0.0.1");
  await once(rival, "listening");
  onTestFinished(() => void rival.close());
  const dataDir = await temporaryFolder();
  const env = { PORT: String(portOf(rival)), HOOKCAST_DATA_DIR: dataDir };
  await using program = startFile("local/start.ts", [], env);
  expect(await program.exited).toBe(1);
  expect(program.stderr()).toContain(`port ${env.PORT} is taken`);
  expect(program.stderr()).not.toContain("synthesizing");
  expect(program.stdout()).toBe("");
});

test("says what is wrong with a stack that refers to nothing", async () => {
  const template = await writeAssembly(
    { Resources: { Alarm: { Type: "AWS::X::Y", Properties: { Z: { Ref: "Gone" } } } } },
    {},
  );
  const env = { PORT: "0", HOOKCAST_DATA_DIR: await temporaryFolder() };
  await using program = startFile("local/start.ts", ["--template", template], env);
  expect(await program.exited).toBe(1);
  expect(program.stderr()).toContain("Alarm refers to Gone, which the template does not have");
});

test.each([
  ["abc", /PORT is "abc", which is no port/],
  ["70000", /PORT is "70000", which is no port/],
  ["-1", /PORT is "-1", which is no port/],
  ["30.5", /PORT is "30.5", which is no port/],
])("names a PORT that is none: %s", async (PORT, message) => {
  const dataDir = await temporaryFolder();
  await using program = startFile("local/start.ts", [], { PORT, HOOKCAST_DATA_DIR: dataDir });
  expect(await program.exited).toBe(1);
  expect(program.stderr()).toMatch(message);
  expect(program.stderr()).not.toMatch(/\n\s+at /);
});

test("says what to do where a process may open too few files", async ({ skip }) => {
  if (process.platform === "win32") return skip("needs a shell that sets limits");
  const env = { ...process.env, PORT: "0", HOOKCAST_DATA_DIR: await temporaryFolder() };
  const script = `ulimit -n 64 && exec "$0" local/start.ts --template /nowhere`;
  await using program = startProgram("sh", ["-c", script, process.execPath], { env });
  expect(await program.exited).toBe(1);
  expect(program.stderr()).toMatch(/may open 64 files.*ulimit -n 4096/);
  expect(program.stderr()).not.toMatch(/\n\s+at /);
});

test("says that the data folder is none", async () => {
  const dataDir = `${await temporaryFolder()}/file`;
  await writeFile(dataDir, "");
  const env = { PORT: "0", HOOKCAST_DATA_DIR: dataDir };
  await using program = startFile("local/start.ts", ["--template", "/nowhere"], env);
  expect(await program.exited).toBe(1);
  expect(program.stderr()).toMatch(/cannot be the data folder \(HOOKCAST_DATA_DIR\): a file/);
});
