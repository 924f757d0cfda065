import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { root } from "../../support/process/program.ts";

const module = `${root}/local/process/collect-garbage.mjs`;

test("threads that rest at the same time do not take the flag from each other", async () => {
  // It takes the flag back all the time, as another thread does at its first rest.
  await using other = new Worker(
    `const { setFlagsFromString } = require("node:v8");
     require("node:worker_threads").parentPort.postMessage("begun");
     for (;;) setFlagsFromString("--no-expose-gc");`,
    { eval: true },
  );
  await new Promise((begun) => other.once("message", begun));
  for (let n = 0; n < 30; n += 1) {
    const { collectGarbage } = await import(`${module}?${n}`);
    expect(collectGarbage).not.toThrow();
  }
});
