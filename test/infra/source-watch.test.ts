import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { SourceWatch } from "../../infra/dev/source-watch.ts";

let folder: string;
let watch: SourceWatch;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-watch-"));
  mkdirSync(join(folder, "deep"));
  write("deep/file.ts");
  watch = new SourceWatch([folder]);
  onTestFinished(() => {
    watch[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });
});

function write(path: string): void {
  writeFileSync(join(folder, path), path);
}

async function changed(): Promise<string[]> {
  return (await watch.next()).map((path) => path.slice(folder.length + 1));
}

test("tells which file was written", async () => {
  write("deep/file.ts");
  expect(await changed()).toEqual(["deep/file.ts"]);
});

test("tells several files of one save together", async () => {
  for (const path of ["one.ts", "deep/file.ts"]) write(path);
  expect(new Set(await changed())).toEqual(new Set(["one.ts", "deep/file.ts"]));
});

test("goes on with a file that was replaced by another", async () => {
  write("deep/new");
  renameSync(join(folder, "deep/new"), join(folder, "deep/file.ts"));
  expect(await changed()).toContain("deep/file.ts");
  write("deep/file.ts");
  expect(await changed()).toEqual(["deep/file.ts"]);
});

test.each(["fresh", "deep"])("follows the folder %s when it is made anew", async (name) => {
  rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(join(folder, name));
  expect(await changed()).toContain(name);
  write(`${name}/file.ts`);
  expect(await changed()).toEqual([`${name}/file.ts`]);
});
