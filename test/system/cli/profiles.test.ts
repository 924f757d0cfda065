import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CommandLine, commandLine } from "../../support/command-line.ts";
import { eventually } from "../../support/eventually.ts";
import { freePort } from "../../support/process/free-port.ts";
import { root, startProgram } from "../../support/process/program.ts";

const key = "hk_01ABC_private_0123abcd";
const url = "https://api.example";

let folder: string;
let file: string;
let hookcast: CommandLine;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-profiles-"));
  file = join(folder, "hookcast/profiles.json");
  hookcast = commandLine({ XDG_CONFIG_HOME: folder, HOOKCAST_URL: "", HOOKCAST_KEY: "" });
});
afterEach(() => rmSync(folder, { recursive: true }));

const add = (name: string, ...options: string[]) =>
  hookcast.run(["profiles", "add", name, "--url", url, ...options], { stdin: `${key}\n` });

test("keeps a key where only its owner reads it, and never shows it", async () => {
  const added = await add("live");
  expect(added).toMatchObject({ exitCode: 0, stdout: "added live\n" });
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect([mode(file), mode(join(folder, "hookcast"))]).toEqual(["600", "700"]);
  expect(JSON.parse(readFileSync(file, "utf8")).profiles.live).toEqual({ url, key });

  const listed = await hookcast.run(["profiles", "list"]);
  expect(listed.stdout).toBe(`   NAME  URL\n*  live  ${url}\n`);
  expect(await hookcast.documents("profiles", "list")).toEqual([
    { name: "live", url, isCurrent: true },
  ]);
  for (const { stdout, stderr } of [added, listed]) expect(stdout + stderr).not.toContain(key);
});

test("keeps a publish URL with the address", async () => {
  const publishUrl = "https://abc.lambda-url.eu-central-1.on.aws/";
  expect(await add("live", "--publish-url", publishUrl)).toMatchObject({ exitCode: 0 });
  const { live } = JSON.parse(readFileSync(file, "utf8")).profiles;
  expect(live).toEqual({ url, key, publishUrl: publishUrl.replace(/\/$/, "") });
  const refused = await add("test", "--publish-url", "nonsense");
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused.stderr).toContain("--publish-url is not the address of a service");
});

test("uses another profile, replaces one only when told to, and forgets", async () => {
  await add("live");
  await add("test");
  expect(await add("live")).toMatchObject({ exitCode: 2, stdout: "" });
  expect(await add("live", "--replace")).toMatchObject({ exitCode: 0 });
  expect(await hookcast.done("profiles", "use", "test")).toBe(`using test, ${url}\n`);
  expect(await hookcast.done("profiles", "remove", "test")).toBe("removed test\n");
  expect(readFileSync(file, "utf8")).not.toContain('"test"');
  const none = await hookcast.run(["webhooks", "list", "c"]);
  expect(none).toMatchObject({ exitCode: 2, stdout: "" });
  expect(none.stderr).toBe(
    "hookcast: no profile is in use\n`hookcast profiles use <name>` chooses one of: live.\n",
  );
  await hookcast.done("profiles", "remove", "live");
  const nowhere = await hookcast.run(["webhooks", "list", "c"]);
  expect(nowhere.stderr).toMatch(
    /^hookcast: no profile is in use\n`hookcast profiles add <name> --url/,
  );
});

test("says that it took the key of the environment, which may be another service's", async () => {
  const env = { HOOKCAST_KEY: "hk_01ABC_other_0123abcd" };
  const added = await hookcast.run(["profiles", "add", "live", "--url", url], { env });
  expect(added.stderr).toMatch(/^The key from HOOKCAST_KEY is in /);
});

test("asks at a terminal for the key, and shows nothing of what is typed", async () => {
  const command = `'${process.execPath}' cli/main.ts profiles add typed --url ${url}`;
  const env = { ...process.env, XDG_CONFIG_HOME: folder, HOOKCAST_KEY: "" };
  const recorded = ["--quiet", "--return", "--command", command, join(folder, "recorded")];
  await using terminal = startProgram("script", recorded, { cwd: root, env });
  await eventually(() => terminal.stdout().includes(`Key for ${url}: `));
  terminal.child.stdin?.write(`${key}\r`);
  expect(await terminal.exited).toBe(0);
  expect(terminal.stdout()).toContain("added typed");
  expect(terminal.stdout()).not.toContain("private");
  expect(JSON.parse(readFileSync(file, "utf8")).profiles.typed.key).toBe(key);
});

test("refuses what is no key or no address, and does not repeat it", async () => {
  const noKey = await hookcast.run(["profiles", "add", "a", "--url", url], { stdin: "private" });
  const bad = "https://user:private@api.example";
  const noUrl = await hookcast.run(["profiles", "add", "a", "--url", bad], { stdin: key });
  for (const { exitCode, stdout, stderr } of [noKey, noUrl]) {
    expect(exitCode).toBe(2);
    expect(stdout + stderr).not.toContain("private");
  }
  expect(() => statSync(file)).toThrow("ENOENT");
});

test("does not show a broken file, which holds keys", async () => {
  await add("live");
  writeFileSync(file, `{"current": "live", "profiles": {"live": {"key": "${key}" oops`);
  const broken = await hookcast.run(["webhooks", "list", "c"]);
  expect(broken).toMatchObject({ exitCode: 2, stdout: "" });
  expect(broken.stderr).toMatch(/^hookcast: .*profiles\.json is not a file of profiles\nFix it/);
  expect(broken.stderr).not.toContain("private");
});

test("takes no half of its address and key from the environment", async () => {
  await add("live");
  const half = await hookcast.run(["webhooks", "list", "c"], {
    env: { HOOKCAST_URL: "http://127.0.0.1:9" },
  });
  expect(half).toMatchObject({ exitCode: 2, stdout: "" });
  expect(half.stderr).toContain("HOOKCAST_URL is set and HOOKCAST_KEY is not");
  const unknown = await hookcast.run(["webhooks", "list", "c", "--profile", "lvie"]);
  expect(unknown.stderr).toBe("hookcast: there is no profile lvie\nKnown profiles: live.\n");
});

test("takes a key as it stands in a header, and tells of an address at which nothing answers", async () => {
  const port = await freePort();
  const added = await hookcast.run(
    ["profiles", "add", "pasted", "--url", `http://127.0.0.1:${port}`],
    { stdin: `Bearer ${key}\n` },
  );
  expect(added).toMatchObject({ exitCode: 0, stdout: "added pasted\n" });
  expect(added.stderr).toContain(`Nothing answers at http://127.0.0.1:${port}`);
  expect(JSON.parse(readFileSync(file, "utf8")).profiles.pasted.key).toBe(key);
});
