import { readFileSync } from "node:fs";
import { mkdtempDisposable, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { readMutations } from "../../mutations/read-mutations.ts";
import { root, startProgram } from "../../support/process/program.ts";

const List = z.array(z.object({ file: z.string(), name: z.string() }));

/** A mutation whose test has another title by now would be noticed only on the day on which it is tried. */
test("every mutation names a test that there is", async () => {
  const mutations = await readMutations();
  expect(mutations.length).toBeGreaterThan(50);
  const unseen = mutations.filter(
    ({ test: { file, title } }) => !readFileSync(join(root, file), "utf8").includes(title),
  );
  // A title may be put together from the values of `test.each`: only vitest knows it.
  const files = [...new Set(unseen.map((mutation) => mutation.test.file))];
  const listed = await titlesOf(files);
  const missing = unseen.filter(
    ({ test: { file, title } }) =>
      !listed.some((found) => found.file.endsWith(file) && found.name.includes(title)),
  );
  expect(missing.map(({ behaviour }) => behaviour)).toEqual([]);
});

async function titlesOf(files: readonly string[]): Promise<z.infer<typeof List>> {
  await using folder = await mkdtempDisposable(join(tmpdir(), "hookcast-titles-"));
  const list = join(folder.path, "list.json");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  await using run = startProgram(process.execPath, [vitest, "list", ...files, `--json=${list}`]);
  expect(await run.exited, run.stderr()).toBe(0);
  return List.parse(JSON.parse(await readFile(list, "utf8")));
}
