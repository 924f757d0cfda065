import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { NotPossible } from "../../steps/not-possible.ts";
import { runIn } from "../generated-clients/run-in.ts";
import { goClient, goEnvironment } from "./go.ts";

const folder = await mkdtemp(join(tmpdir(), "hookcast-go-client-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const checks: Record<string, string[]> = {
  "go vet finds no fault": ["go", "vet", "./..."],
  "the layout is gofmt's": ["gofmt", "-l", "."],
  "its own tests pass": ["go", "test", "-count=1", "./..."],
};

test.for(Object.entries(checks))("%s", async ([, [command = "", ...args]], { skip }) => {
  const run = runIn(goClient, goEnvironment(folder));
  const said = await run(command, ...args).catch((error) => {
    if (error instanceof NotPossible) skip(error.message);
    throw error;
  });
  if (command === "gofmt") expect(said).toBe("");
});
