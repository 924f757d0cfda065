import { readFile } from "node:fs/promises";
import { join } from "node:path";

const dropLine = /([^/\s]+): dropping (\d+) bytes; (?:Corruption: )?(.+)$/gm;

/**
 * What LevelDB left out when it was opened, a sentence for each of its files. It goes on without what is
 * damaged and says so in its own log alone, which begins anew with each opening.
 */
export async function describeDroppedBytes(folder: string): Promise<string[]> {
  const log = await readFile(join(folder, "LOG"), "utf8").catch(() => "");
  const dropped = new Map<string, { bytes: number; reason: string }>();
  for (const [, file = "", bytes, reason = ""] of log.matchAll(dropLine)) {
    const before = dropped.get(file)?.bytes ?? 0;
    dropped.set(file, { bytes: before + Number(bytes), reason });
  }
  return [...dropped].map(
    ([file, { bytes, reason }]) =>
      `dropped ${bytes} bytes of ${join(folder, file)}, which were damaged (${reason}): ` +
      "what was accepted with them is lost, the rest is kept",
  );
}
