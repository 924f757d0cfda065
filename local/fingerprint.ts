import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** A hash over files and folders below `root` (missing ones count as such) and some texts. */
export async function fingerprint(root: string, paths: string[], texts: string[]): Promise<string> {
  const files = (await Promise.all(paths.map((path) => filesBelow(root, path)))).flat();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash("sha256");
  for (const [index, file] of files.entries()) {
    const content = contents[index] ?? Buffer.alloc(0);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  for (const text of texts) hash.update(`\0${text}`);
  return hash.digest("hex");
}

/** Sorted, since folders list their files in no certain order. */
async function filesBelow(root: string, path: string): Promise<string[]> {
  const absolute = join(root, path);
  const status = await stat(absolute).catch(() => undefined);
  if (!status) return [];
  if (status.isFile()) return [path];
  const entries = await readdir(absolute, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
