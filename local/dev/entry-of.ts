import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";

const SourceMap = z.object({
  sourceRoot: z._default(z.string(), ""),
  sources: z.array(z.string()),
});

/**
 * The file below `root` that a bundle was made of: the last source of its map, since what a file imports is
 * evaluated before it. Undefined where there is no map.
 */
export async function entryOf(codeFolder: string, root: string): Promise<string | undefined> {
  const text = await readFile(join(codeFolder, "index.mjs.map"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { sourceRoot, sources } = SourceMap.parse(JSON.parse(text));
  return relative(root, fileURLToPath(sourceRoot + (sources.at(-1) ?? "")));
}
