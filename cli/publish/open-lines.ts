import { open } from "node:fs/promises";
import { unreadable } from "../unreadable.ts";

/** A file, or stdin for `-`, and how many bytes it has where that is known. */
export async function openLines(
  file: string,
): Promise<{ chunks: AsyncIterable<Buffer>; bytes: number | undefined }> {
  if (file === "-") return { chunks: process.stdin, bytes: undefined };
  const handle = await open(file).catch(unreadable(file));
  const { size } = await handle.stat();
  return { chunks: handle.createReadStream(), bytes: size };
}
