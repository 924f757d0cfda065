import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../support/process/program.ts";

const documents = filesMatching("*.md");

test.for(documents)("every link of %s leads somewhere", (document) => {
  const text = withoutCode(read(document));
  const broken = [...text.matchAll(/!?\[[^\]]*\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !leadsSomewhere(target, document));
  expect(broken).toEqual([]);
});

test("the README leads to every document, or to the folder that it stands in", () => {
  const links = [...read("README.md").matchAll(/\]\(([^)\s#]+)/g)];
  const linked = new Set(["README.md", ...links.map(([, path = ""]) => normalize(path))]);
  const isLinked = (path: string) => linked.has(path) || linked.has(dirname(path));
  expect(documents.filter((path) => !isLinked(path))).toEqual([]);
});

function leadsSomewhere(target: string, from: string): boolean {
  if (/^https?:/.test(target)) return URL.canParse(target);
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? from : normalize(join(dirname(from), decodeURI(path)));
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || anchorsOf(read(file)).has(anchor);
}

/** The anchors that GitHub gives a document's headings: lower case, without marks, numbered when repeated. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutCode(text).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const slug = heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    const isFree = (anchor: string) => !anchors.has(anchor);
    const numbered = [slug, ...Array.from({ length: 9 }, (_, index) => `${slug}-${index + 1}`)];
    anchors.add(numbered.find(isFree) ?? slug);
  }
  return anchors;
}

/** Blocks of code hold no links and no headings; a span of code may stand in a heading. */
function withoutCode(text: string): string {
  return text.replace(/^```.*?^```$/gms, "");
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function filesMatching(pattern: string): string[] {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", pattern];
  const files = execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0");
  return files.filter((file) => file && existsSync(join(root, file)));
}
