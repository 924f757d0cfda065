import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, type TestContext, test } from "vitest";
import { NotPossible } from "../../steps/not-possible.ts";
import { installPython } from "../../steps/python.ts";
import { root } from "../../support/process/program.ts";
import { runIn } from "../generated-clients/run-in.ts";

const project = join(root, "clients/python");
const folder = await mkdtemp(join(tmpdir(), "hookcast-python-client-"));
let python: string | NotPossible;

beforeAll(async () => {
  python = await installPython(folder, join(project, "tests/requirements.txt")).catch((error) => {
    if (error instanceof NotPossible) return error;
    throw error;
  });
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const checks = {
  "mypy finds no fault in the types": ["mypy", "--cache-dir", join(folder, "mypy")],
  "ruff finds no fault": ["ruff", "check", "--no-cache"],
  "the layout is ruff's": ["ruff", "format", "--check", "--no-cache"],
  "its own tests pass": ["unittest", "discover", "tests"],
};

test.for(Object.entries(checks))("%s", async ([, args], { skip }: TestContext) => {
  if (python instanceof NotPossible) skip(python.message);
  const env = { PYTHONPATH: join(project, "src"), PYTHONDONTWRITEBYTECODE: "1" };
  await runIn(project, env)(python as string, "-m", ...args);
});
