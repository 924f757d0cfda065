import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, type TestContext, test } from "vitest";
import { NotPossible } from "../../steps/not-possible.ts";
import { installPython } from "../../steps/python.ts";
import { type Receiver, startReceiver } from "../../support/network/receiver.ts";
import { root, startProgram } from "../../support/process/program.ts";
import { programEnvironment } from "../../support/process/program-environment.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";
import { runIn } from "../generated-clients/run-in.ts";
import { type Driver, driverOf } from "./driver.ts";
import { goClient, goEnvironment } from "./go.ts";
import { runScenario } from "./run-scenario.ts";
import { readScenarios } from "./scenario.ts";
import { typescriptDriver } from "./typescript-driver.ts";

const folder = await mkdtemp(join(tmpdir(), "hookcast-clients-"));
let run: LocalRun;
let receiver: Receiver;

beforeAll(async () => {
  run = await startLocalRun();
  receiver = await startReceiver();
});

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const python = join(root, "clients/python");
let installation: Promise<string> | undefined;

async function pythonDriver(...args: string[]): Promise<Driver> {
  installation ??= installPython(folder, join(python, "tests/requirements.txt"));
  const program = startProgram(
    await installation,
    [join(python, "tests/conformance.py"), ...args],
    {
      env: {
        ...programEnvironment(),
        PYTHONPATH: join(python, "src"),
        PYTHONDONTWRITEBYTECODE: "1",
      },
    },
  );
  return driverOf(program);
}

async function goDriver(): Promise<Driver> {
  const program = join(folder, "conformance");
  await runIn(goClient, goEnvironment(folder))(
    "go",
    "build",
    "-o",
    program,
    "./internal/conformance",
  );
  return driverOf(startProgram(program, []));
}

const clients: Record<string, () => Promise<Driver>> = {
  TypeScript: async () => typescriptDriver,
  Python: () => pythonDriver(),
  "asynchronous Python": () => pythonDriver("async"),
  Go: goDriver,
};

describe.each(Object.entries(clients))("the %s client", (language, start) => {
  let driver: Driver | NotPossible;
  beforeAll(async () => {
    driver = await start().catch((error) => {
      if (error instanceof NotPossible) return error;
      throw error;
    });
  }, 600_000);
  afterAll(async () => {
    if (!(driver instanceof NotPossible)) await driver?.[Symbol.asyncDispose]();
  });

  const started = ({ skip }: TestContext): Driver => {
    if (driver instanceof NotPossible) skip(driver.message);
    return driver as Driver; // skip throws
  };

  for (const [index, scenario] of readScenarios().entries()) {
    test(scenario.name, async (context) => {
      const name = `${language.toLowerCase().replaceAll(" ", "-")}-${index}`;
      await runScenario(scenario, started(context), { service: run, receiver, name });
    });
  }
});
