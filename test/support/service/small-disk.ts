import { execFileSync } from "node:child_process";
import { closeSync, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk extends AsyncDisposable {
  path: string;
  /** Writes a file until there is no room for another byte. */
  fill: () => void;
  /** Removes that file. */
  makeRoom: () => void;
}

/** A disk of a few megabytes, or why there can be none here. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | string> {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    return "needs root on Linux to mount a small disk";
  const path = await mkdtemp(join(tmpdir(), "hookcast-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `mode=700,size=${megabytes}m`, "tmpfs", path], {
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    return `a small disk cannot be mounted here: ${error instanceof Error ? error.message : error}`;
  }
  const filler = join(path, "filler");
  return {
    path,
    fill: () => fillWith(filler),
    makeRoom: () => {
      if (existsSync(filler)) rmSync(filler);
    },
    [Symbol.asyncDispose]: async () => {
      execFileSync("umount", ["--lazy", path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}

function fillWith(path: string): void {
  const file = openSync(path, "a");
  try {
    for (const size of [64 * 1024, 512, 1]) writeUntilFull(file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
}

function writeUntilFull(file: number, bytes: Buffer): void {
  try {
    for (;;) writeSync(file, bytes);
  } catch (error) {
    if (Object(error).code !== "ENOSPC") throw error;
  }
}
