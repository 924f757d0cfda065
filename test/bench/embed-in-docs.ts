import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../support/process/program.ts";

const page = join(root, "docs/performance.md");
/** The parts of the page that the bench writes, and the command that writes each. */
const commands = {
  run: "npm run bench -- --write-docs",
  comparison: "npm run bench -- --against <commit> --write-docs",
};
const end = "<!-- to here -->";

/** Puts the report in place of the last one. */
export async function embedInDocs(part: keyof typeof commands, report: string): Promise<void> {
  const begin = `<!-- ${commands[part]}: from here -->`;
  const text = await readFile(page, "utf8");
  const [before, rest = ""] = text.split(begin);
  const after = rest.split(end).slice(1);
  if (after.length === 0) throw new Error(`${page} has no place for the report`);
  await writeFile(page, `${before}${begin}\n\n${report}\n\n${end}${after.join(end)}`);
}
