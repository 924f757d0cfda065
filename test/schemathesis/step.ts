import { dirname, join } from "node:path";
import { runPythonStep } from "../steps/python.ts";
import type { Tally } from "../steps/tally.ts";
import { failedStep, passedStep } from "../steps/tool-step.ts";
import { startProgram } from "../support/process/program.ts";
import { programEnvironment } from "../support/process/program-environment.ts";
import { startLocalRun } from "../support/service/local-run.ts";

const here = import.meta.dirname;
/** Cases are bounded; this only ends what hangs. */
const maxMinutes = 20;

/**
 * Asks a local run whatever its own document lets schemathesis think of, good and bad, call by call and along the links:
 * no answer is a 5xx, each is as the document says, and what the document allows is accepted and nothing else.
 */
export function runSchemathesis(): Promise<Tally> {
  const requirements = "test/schemathesis/requirements.txt";
  return runPythonStep("schemathesis", requirements, async (python, folder) => {
    await using run = await startLocalRun();
    const args = ["--config-file", join(here, "schemathesis.toml"), "run"];
    const target = [`${run.url}/api/v1/openapi.json`, "-H", `Authorization: Bearer ${run.key}`];
    await using program = startProgram(
      join(dirname(python), "schemathesis"),
      [...args, ...target],
      {
        cwd: folder,
        env: { ...programEnvironment(), PYTHONPATH: here, SCHEMATHESIS_HOOKS: "hooks" },
        stdio: ["ignore", "inherit", "inherit"],
        timeout: maxMinutes * 60_000,
      },
    );
    const exitCode = await program.exited;
    if (exitCode === 0) return passedStep;
    return failedStep("schemathesis", `ended with ${exitCode}; see above`);
  });
}
