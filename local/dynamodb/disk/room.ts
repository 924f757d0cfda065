import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";

/** For the small files that an opening writes, and a little to go on with. */
const spareBytes = 256 * 1024;

/**
 * Whether a database can be opened again in its folder: that writes the content of its logs into tables.
 * Where the file system does not say how much is free, it is tried.
 */
export async function hasRoomToReopen(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: Infinity, bsize: 1 }));
  return bavail * bsize >= (await bytesOfLogs(folder)) + spareBytes;
}

async function bytesOfLogs(folder: string): Promise<number> {
  const logs = (await readdir(folder)).filter((name) => name.endsWith(".log"));
  const sizes = logs.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
