import { execFileSync } from "node:child_process";
import { chmod, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownFolder } from "../../../local/data-folder.ts";
import { fingerprint } from "../../../local/fingerprint.ts";
import { lockFolder } from "../../../local/process/folder-lock.ts";
import { temporaryFolder } from "./assembly.ts";

test("makes a folder for its owner alone, whatever mode it had", async () => {
  const folder = join(await temporaryFolder(), "data");
  await ownFolder(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await chmod(folder, 0o755);
  await ownFolder(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test("leaves a folder alone that all users share, and refuses it", async () => {
  const folder = await temporaryFolder();
  await chmod(folder, 0o1777);
  await expect(ownFolder(folder)).rejects.toThrow(/shared with other users/);
  expect((await stat(folder)).mode & 0o7777).toBe(0o1777);
});

test("refuses a folder that is locked, and names the process", async () => {
  const folder = await temporaryFolder();
  using _ = await lockFolder(folder, 0);
  await expect(lockFolder(folder, 0)).rejects.toThrow(
    `${folder} is in use by process ${process.pid}`,
  );
});

test("waits for a lock that is about to go", async () => {
  const folder = await temporaryFolder();
  const first = await lockFolder(folder, 0);
  const second = lockFolder(folder, 5000);
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
});

test("takes over the lock of a process that was killed", async () => {
  const folder = await temporaryFolder();
  const file = JSON.stringify(
    new URL("../../../local/process/folder-lock.ts", import.meta.url).href,
  );
  const code = `const { lockFolder } = await import(${file});
    globalThis.lock = await lockFolder(${JSON.stringify(folder)}, 0);
    process.kill(process.pid, "SIGKILL");`;
  const run = () => execFileSync(process.execPath, ["--input-type=module", "-e", code]);
  expect(run).toThrow(expect.objectContaining({ signal: "SIGKILL" }));
  (await lockFolder(folder, 0))[Symbol.dispose]();
});

test("tells apart trees that differ in any name or content", async () => {
  const folder = await temporaryFolder();
  const seen = new Set<string>();
  const remember = async (texts: string[] = []) => {
    seen.add(await fingerprint(folder, ["tree", "file"], texts));
  };
  await mkdir(join(folder, "tree/below"), { recursive: true });
  await remember();
  await writeFile(join(folder, "tree/below/a"), "1");
  await remember();
  await remember();
  await writeFile(join(folder, "tree/below/a"), "2");
  await remember();
  await writeFile(join(folder, "tree/b"), "");
  await remember();
  await rm(join(folder, "tree/below/a"));
  await writeFile(join(folder, "file"), "2");
  await remember();
  await remember(["24"]);
  expect(seen.size).toBe(6);
});
