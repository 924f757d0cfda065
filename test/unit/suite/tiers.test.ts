import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testFiles } from "../../steps/test-files.ts";
import { root } from "../../support/process/program.ts";
import { apartFiles, longFiles } from "../../tiers.ts";

const projects = readdirSync(join(root, "test"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test("the lists name files that there are, each once", () => {
  const listed = [...longFiles, ...apartFiles];
  expect(listed.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test("every test is of one kind", () => {
  const files = (["quick", "usual", "long"] as const).flatMap((kind) => testFiles(kind, projects));
  const found = projects.flatMap((project) =>
    readdirSync(join(root, "test", project), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => join("test", project, file)),
  );
  expect(files.sort()).toEqual(found.sort());
});
