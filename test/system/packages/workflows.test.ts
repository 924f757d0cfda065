import { readdirSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NotPossible } from "../../steps/not-possible.ts";
import { root } from "../../support/process/program.ts";
import { downloadIn, runIn } from "../generated-clients/run-in.ts";

/** Not ours, and not shipped: https://github.com/rhysd/actionlint (MIT). Go verifies its sum. */
const actionlint = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.9";

const folder = await mkdtemp(join(tmpdir(), "hookcast-workflows-"));
const workflows = join(folder, ".github/workflows");
const install = downloadIn(folder, {
  GOTOOLCHAIN: "local",
  GOFLAGS: "-modcacherw",
  GOMODCACHE: join(folder, "modules"),
  GOBIN: folder,
  TMPDIR: folder,
});
/** shellcheck and pyflakes are not on every machine, and would make this test another one there. */
const lint = (file: string) =>
  runIn(folder, {})(join(folder, "actionlint"), "-shellcheck=", "-pyflakes=", "-no-color", file);
let problem: NotPossible | undefined;

beforeAll(async () => {
  await mkdir(workflows, { recursive: true });
  await cp(join(root, ".github/workflows"), workflows, { recursive: true });
  await install("go", "install", actionlint).catch((error) => {
    if (!(error instanceof NotPossible)) throw error;
    problem = error;
  });
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test.for(readdirSync(join(root, ".github/workflows")))(
  "actionlint finds no fault in %s",
  async (name, { skip }) => {
    if (problem) skip(problem.message);
    const file = join(workflows, name);
    expect(await lint(file)).toBe("");
    // It would find one: an expression of a context that there is not.
    const text = await readFile(file, "utf8");
    const broken = join(workflows, `broken-${name}`);
    await writeFile(broken, text.replace("ubuntu-24.04", "$" + "{{ matrixx.os }}"));
    await expect(lint(broken)).rejects.toThrow(/undefined variable "matrixx"/);
  },
);
