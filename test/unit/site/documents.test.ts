import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { routes } from "../../../shared/contract/routes.ts";
import { readDocuments, readGroups } from "../../../site/documents.ts";
import { createLinks } from "../../../site/links.ts";
import { navigationOf } from "../../../site/navigation.ts";
import { readReference } from "../../../site/reference.ts";
import { root } from "../../support/process/program.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const groups = readGroups(read("README.md"));
const isParted = ({ source }: { source: string }) => source === "docs/api.md";
const documents = readDocuments(root).filter((page) => !isParted(page));
const reference = readReference(read("docs/api.md"));

test("every reader has a guide to begin with, which is in the README's list", () => {
  expect(groups.map(({ title }) => title)).toEqual(["Send", "Receive", "Operate", "Maintain"]);
  for (const { title, first, sources } of groups) expect(sources, title).toContain(first);
});

test("readers whom the site does not know are an error, and so are missing ones", () => {
  const readme = "## Documents\n\nFor those who dance:\n\n- [a](docs/a.md)\n\n## Next\n";
  expect(() => readGroups(readme)).toThrow(/unknown readers \[For those who dance\]/);
  expect(() => readGroups("## Documents\n\n## Next\n")).toThrow(/missing \[For those who send/);
});

test("no two documents have one page", () => {
  const paths = [...documents, ...reference.pages].map(({ path }) => path.replace(/\/$/, ""));
  expect(paths.toSorted()).toEqual([...new Set(paths)].toSorted());
});

test("the reference has a page for every operation, and each part of docs/api.md once", () => {
  const names = reference.groups.flatMap(({ operations }) => operations.map(({ title }) => title));
  expect(names.toSorted()).toEqual(Object.keys(routes).toSorted());
  const headings = (text: string) =>
    text.match(/^#{1,3} .*$/gm)?.map((line) => line.slice(line.indexOf(" ")));
  const parts = reference.pages.map(({ markdown }) => markdown).join("\n");
  expect(headings(parts)?.toSorted()).toEqual(headings(read("docs/api.md"))?.toSorted());
});

test("the bar at the side leads to every document in docs/", () => {
  const pages = [...documents, ...reference.pages];
  const shown = JSON.stringify(
    navigationOf(groups, pages, reference, createLinks(pages)).sides["/"],
  );
  const own = documents.filter(({ source }) => /^docs\/[^/]+\.md$/.test(source));
  const missing = own.filter(({ path }) => !shown.includes(`"/${path}"`));
  expect(missing.map(({ source }) => source)).toEqual([]);
  expect(shown).toContain('{"text":"API reference","link":"/api/"}');
});
