import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { descendantsOf, isAlive } from "../support/process/descendants.ts";
import { freePort, portOf } from "../support/process/free-port.ts";
import { startProgram } from "../support/process/program.ts";
import { type LocalRun, spawnLocalRun, startLocalRun } from "../support/service/local-run.ts";

describe("a run in a new folder", () => {
  let dataDir: string;
  let run: LocalRun;

  beforeAll(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), "hookcast-start-")), "data");
    // An empty template path means none: this run synthesizes the stack by itself.
    run = await startLocalRun({ dataDir, template: "" });
  });

  afterAll(async () => {
    await run?.[Symbol.asyncDispose]();
    await rm(join(dataDir, ".."), { recursive: true, force: true });
  });

  test("prints one line on stdout", () => {
    expect(run.stdout()).toBe(`hookcast ready ${run.url} key=${run.key}\n`);
  });

  test("says where the console is, which the template's distribution would answer with", async () => {
    // It goes another way than the line that tells of the end of the start.
    await eventually(() => run.stderr().includes(`console: ${run.url}/console/\n`));
    const page = await fetch(`${run.url}/console/`);
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const [, script = ""] = /<script type="module" src="([^"]+)">/.exec(await page.text()) ?? [];
    const loaded = await fetch(new URL(script, page.url));
    expect(loaded.headers.get("content-type")).toContain("text/javascript");
    expect(loaded.headers.get("cache-control")).toContain("immutable");
  });

  test("keeps its data from other users", async () => {
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await mode(dataDir)).toBe("700");
    expect(await mode(join(dataDir, "dev-key"))).toBe("600");
    expect(await mode(join(dataDir, "operator.json"))).toBe("600");
    expect((await readFile(join(dataDir, "dev-key"), "utf8")).trim()).toBe(run.key);
  });

  test("refuses a second process on the same folder, naming the first", async () => {
    const PORT = String(await freePort());
    await using second = spawnLocalRun({ PORT, HOOKCAST_DATA_DIR: dataDir });
    expect(await second.exited).toBe(1);
    expect(second.stderr()).toContain(String(run.pid));
    expect(second.stdout()).toBe("");
  });

  test("ends with 0 at Ctrl-C and starts again with the same key", async () => {
    expect(await run.stop()).toBe(0);
    expect(run.stdout()).toBe(`hookcast ready ${run.url} key=${run.key}\n`);

    await using again = await startLocalRun({ dataDir, template: "" });
    expect(again.key).toBe(run.key);
    expect(await again.stop()).toBe(0);
  });
});

test("says that its port is taken before it does anything else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-start-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const holder = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void holder.close());
  await once(holder, "listening");

  const PORT = String(portOf(holder));
  await using run = spawnLocalRun({ PORT, HOOKCAST_DATA_DIR: folder });
  expect(await run.exited).toBe(1);
  expect(run.stderr()).toMatch(new RegExp(`port ${PORT}`, "i"));
  expect(run.stdout()).toBe("");
});

test("leaves no process behind when npm is killed", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "hookcast-start-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const env = { ...process.env, PORT: String(await freePort()), HOOKCAST_DATA_DIR: dataDir };
  const assembly = process.env.HOOKCAST_TEST_ASSEMBLY ?? "";
  await using npm = startProgram("npm", ["start", "--", "--template", assembly], { env });
  await eventually(() => npm.stdout().includes("hookcast ready"), { timeoutMs: 90_000 });

  const descendants = descendantsOf(npm.child.pid ?? 0);
  onTestFinished(() =>
    descendants.filter(isAlive).forEach((pid) => void process.kill(pid, "SIGKILL")),
  );
  expect(descendants).not.toEqual([]);
  npm.child.kill("SIGKILL");
  await eventually(() => !descendants.some(isAlive));
});
