import { open, rename, rm } from "node:fs/promises";

/**
 * Writes a file that only its owner may read, whole or not at all: a full disk or a crash leaves what there was. A file
 * of its own takes the place of an older one, whose mode would stay.
 */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  await rm(draft, { force: true });
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
