import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fingerprint } from "../../local/fingerprint.ts";
import { lockFolder } from "../../local/folder-lock.ts";
import { temporaryFolder } from "./local-assembly.ts";

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
  const file = JSON.stringify(new URL("../../local/folder-lock.ts", import.meta.url).href);
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
