import { open } from "node:fs/promises";
import { boundedBytes } from "./bounded-bytes.ts";
import { Failure } from "./output/failure.ts";
import { unreadable } from "./output/unreadable.ts";

/** The JSON of a file, or of stdin for `-`; of at most so many bytes. */
export async function jsonOfFile(file: string, maxBytes: number): Promise<unknown> {
  const stream =
    file === "-" ? process.stdin : (await open(file).catch(unreadable(file))).createReadStream();
  const name = file === "-" ? "what stdin gives" : file;
  const bytes = await boundedBytes(stream, maxBytes, name).catch((error: unknown) =>
    error instanceof Failure ? Promise.reject(error) : unreadable(file)(error),
  );
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new Failure("usage", `${name} is not JSON`);
  }
}
