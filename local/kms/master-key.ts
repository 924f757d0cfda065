import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { writeWholeFile } from "../process/whole-file.ts";

const keyBytes = 32;

/** Reads the key file, which the first start makes for its owner's eyes only. */
export async function openMasterKey(path: string): Promise<Buffer> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return makeKeyFile(path);
    throw error;
  });
  const key = Buffer.from(text, "base64");
  if (key.length !== keyBytes) throw new Error(`${path} does not hold a key of ${keyBytes} bytes`);
  return key;
}

/** What is encrypted under a key that a crash or a full disk swallowed could never be read again. */
async function makeKeyFile(path: string): Promise<string> {
  const text = randomBytes(keyBytes).toString("base64");
  await writeWholeFile(path, `${text}\n`);
  return text;
}
