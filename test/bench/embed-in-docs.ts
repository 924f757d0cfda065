import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../support/process/program.ts";

const page = join(root, "docs/performance.md");
const begin = "<!-- npm run bench -- --write-docs: from here -->";
const end = "<!-- to here -->";

/** Puts the report in place of the last one. */
export async function embedInDocs(report: string): Promise<void> {
  const text = await readFile(page, "utf8");
  const [before, rest = ""] = text.split(begin);
  const after = rest.split(end)[1];
  if (after === undefined) throw new Error(`${page} has no place for the report`);
  await writeFile(page, `${before}${begin}\n\n${report}\n\n${end}${after}`);
}
