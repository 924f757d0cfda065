import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { beforeEach, expect, test } from "vitest";
import { base, noSiteVariable, siteFolder } from "./built-site.ts";

const reason = process.env[noSiteVariable];
beforeEach(({ skip }) => skip(reason !== undefined, reason));

const pages = reason === undefined ? globSync("**/*.html", { cwd: siteFolder }).sort() : [];
const texts = new Map(pages.map((page) => [page, readFileSync(join(siteFolder, page), "utf8")]));

test("every link and every anchor of the built site leads somewhere", () => {
  const links = pages.flatMap((page) => linksOf(page).map((link) => ({ page, link })));
  expect(links.length).toBeGreaterThan(5000);
  const dead = links.filter(({ page, link }) => !leadsSomewhere(link, page));
  expect(dead.map(({ page, link }) => `${page}: ${link}`)).toEqual([]);
});

test("every document and every operation has a page", () => {
  const documents = globSync(["*.md", "docs/**/*.md", "examples/**/*.md"], {
    exclude: (path) => path.includes("node_modules"),
  });
  // The API reference has its index, the objects and a page for each operation instead.
  expect(pages.filter((page) => !page.startsWith("source/")).length).toBeGreaterThan(
    documents.length + 28,
  );
  for (const page of ["start", "verify", "contributing", "examples/go/index", "adr/index"]) {
    expect(pages).toContain(`${page}.html`);
  }
});

test("no page leaves the reader to another's server, or tells a path of this machine", () => {
  for (const [page, text] of texts) {
    const loaded = text.matchAll(
      /<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(https?:[^"]+)"/g,
    );
    expect(
      [...loaded].map(([, url]) => url),
      page,
    ).toEqual([]);
    expect(text, page).not.toContain(process.cwd());
  }
});

function linksOf(page: string): string[] {
  const attributes = (texts.get(page) ?? "").matchAll(/<[a-z]+\b[^>]*? (?:href|src)="([^"]+)"/g);
  return [...attributes]
    .map(([, target = ""]) => target.replaceAll("&amp;", "&"))
    .filter((target) => !/^(https?|data|mailto):/.test(target));
}

function leadsSomewhere(link: string, from: string): boolean {
  const { pathname, hash } = new URL(link, `http://site.example${base}${from}`);
  if (!pathname.startsWith(base)) return false;
  const path = decodeURIComponent(pathname.slice(base.length));
  const page = [path, `${path}.html`, join(path, "index.html")].find((one) => texts.has(one));
  if (!page) return existsSync(join(siteFolder, path)) && hash === "";
  const anchor = decodeURIComponent(hash.slice(1));
  return anchor === "" || (texts.get(page) ?? "").includes(` id="${anchor}"`);
}
