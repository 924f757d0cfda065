import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path/posix";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rooms = /^(shared|functions|infra|local|ops|cli|client|console|portal|site|test)\//;

/** How the code is built: files a folder, imports a function, lines a file. */
export interface House {
  readonly siblings: ReadonlyMap<string, number>;
  /** Own files that a function imports, however indirectly, types included. */
  readonly closures: ReadonlyMap<string, number>;
  /** Of the product's files. */
  readonly lines: ReadonlyMap<string, number>;
  /** Folders of the product with one file and nothing else, whatever kind of file. */
  readonly lone: readonly string[];
  /** Pairs of folders side by side that need each other, however indirectly. */
  readonly entangled: readonly string[];
}

export function measureHouse(): House {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const all = listed.split("\n").filter((file) => rooms.test(file) && existsSync(join(root, file)));
  const files = all.filter((file) => /\.tsx?$/.test(file));
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
  const imports = new Map([...texts].map(([file, text]) => [file, importsOf(file, text)]));
  const siblings = new Map<string, number>();
  for (const file of files) siblings.set(dirname(file), (siblings.get(dirname(file)) ?? 0) + 1);
  const functions = files.filter((file) => file.startsWith("functions/"));
  const product = [...texts].filter(([file]) => !file.startsWith("test/"));
  return {
    siblings,
    closures: new Map(functions.map((file) => [basename(file, ".ts"), closureOf(file, imports)])),
    lines: new Map(product.map(([file, text]) => [file, text.split("\n").length - 1])),
    lone: loneFolders(all.filter((file) => !file.startsWith("test/"))),
    entangled: entangledFolders(imports),
  };
}

function loneFolders(files: readonly string[]): string[] {
  const isIn = (folder: string, file: string) => file.startsWith(`${folder}/`);
  return [...new Set(files.map((file) => dirname(file)))].filter(
    (folder) => files.filter((file) => isIn(folder, file)).length === 1,
  );
}

function importsOf(file: string, text: string): string[] {
  const found = text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...found].map(([, path = ""]) => join(dirname(file), path));
}

function closureOf(file: string, imports: ReadonlyMap<string, readonly string[]>): number {
  const seen = new Set<string>();
  const visit = (one: string) => {
    const imported = imports.get(one);
    if (!imported || seen.has(one)) return;
    seen.add(one);
    imported.forEach(visit);
  };
  visit(file);
  return seen.size;
}

/** Of the folders in each room of shared/: `domain/a` and `domain/b` where each needs the other. */
function entangledFolders(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const needs = new Map<string, Set<string>>();
  for (const [file, imported] of imports) {
    const from = neighbourOf(file);
    for (const to of imported.map(neighbourOf)) {
      if (!from || !to || from === to || dirname(from) !== dirname(to)) continue;
      needs.set(from, (needs.get(from) ?? new Set()).add(to));
    }
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(needs.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      return reaches(next, to, seen.add(next));
    });
  return [...needs].flatMap(([from, all]) =>
    [...all].filter((to) => reaches(to, from)).map((to) => `${from} and ${to}`),
  );
}

/** The folder `shared/domain/attempts` of each file below it. */
function neighbourOf(file: string): string | undefined {
  return /^shared\/[^/]+\/[^/]+(?=\/)/.exec(file)?.[0];
}

function biggestFirst(counts: ReadonlyMap<string, number>, most: number): string {
  const sorted = [...counts].sort(([, a], [, b]) => b - a).slice(0, most);
  return sorted.map(([name, count]) => `${String(count).padStart(5)}  ${name}`).join("\n");
}

if (import.meta.main) {
  const { siblings, closures, lines } = measureHouse();
  const sorted = [...lines.values()].sort((a, b) => a - b);
  console.log(`Files a folder\n${biggestFirst(siblings, 20)}\n`);
  console.log(`Own files a function imports\n${biggestFirst(closures, closures.size)}\n`);
  console.log(`Lines of the longest product files\n${biggestFirst(lines, 10)}\n`);
  console.log(`Median: ${sorted[Math.floor(sorted.length / 2)]} lines`);
}
