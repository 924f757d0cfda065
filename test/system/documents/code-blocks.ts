import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/process/program.ts";

/** The text of one of the project's documents. */
export function readDocument(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** The text of every fenced block of a language, in their order. */
export function codeBlocks(document: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...document.matchAll(fence)].map(([, block]) => block ?? "");
}

/** The first block of a language; a document without one is an error. */
export function codeBlock(document: string, language: string): string {
  const [block] = codeBlocks(document, language);
  if (block === undefined) throw new Error(`no ${language} block in this:\n${document}`);
  return block;
}
