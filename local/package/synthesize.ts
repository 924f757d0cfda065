/** `node local/package/synthesize.ts <folder>`: synthesizes the stack that the package `hookcast` brings along. */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { localSettings, synthesizeInto } from "../synthesize.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: synthesize.ts <folder>");
const root = resolve(import.meta.dirname, "../..");

await mkdir(folder, { recursive: true });
// Small, and in the syntax of every Node that can run it.
await synthesizeInto(root, resolve(folder), await localSettings(root), ["--target=node22"]);
