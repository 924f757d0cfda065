import { existsSync, writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createFunctionPool, type FunctionPool } from "../../../../local/lambda/function-pool.ts";
import { eventually } from "../../../support/eventually.ts";
import { temporaryFolder } from "../assembly.ts";

/** Says which code it is; given a folder, only once `go` lies in it. */
const code = (version: string) => `
  import { existsSync, writeFileSync } from "node:fs";
  import { setTimeout as pause } from "node:timers/promises";
  export async function handler({ folder }) {
    if (!folder) return "${version}";
    writeFileSync(folder + "/started", "");
    while (!existsSync(folder + "/go")) await pause(5);
    return "${version}";
  }`;

let folder: string;
let fn: FunctionPool;

async function version(name: string): Promise<string> {
  const codeFolder = join(folder, name);
  await mkdir(codeFolder);
  await writeFile(join(codeFolder, "index.mjs"), code(name));
  return codeFolder;
}

beforeEach(async () => {
  folder = await temporaryFolder();
  fn = createFunctionPool({
    codeFolder: await version("old"),
    handler: "index.handler",
    functionName: "Fn",
    functionArn: "arn:aws:lambda:us-east-1:000000000000:function:Fn",
    memoryMb: 128,
    timeoutSeconds: 60,
    environment: {},
    maximumConcurrency: 2,
    log: () => undefined,
  });
  onTestFinished(() => fn.close());
});

test("runs new code from the next invocation on", async () => {
  expect(await fn.invoke({})).toBe("old");
  await fn.replaceCode(await version("new"));
  expect(await fn.invoke({})).toBe("new");
});

test("lets an invocation end on the code that it began with", async () => {
  const running = fn.invoke({ folder });
  await eventually(() => existsSync(join(folder, "started")));
  let isReplaced = false;
  const replaced = fn.replaceCode(await version("new")).then(() => {
    isReplaced = true;
  });
  expect(await fn.invoke({})).toBe("new");
  expect(isReplaced).toBe(false);
  writeFileSync(join(folder, "go"), "");
  expect(await running).toBe("old");
  await replaced;
});

test("waits for an environment that is replaced while it starts", async () => {
  const first = fn.invoke({});
  await fn.replaceCode(await version("new"));
  expect(await first).toBe("new");
});

test("keeps to the number of environments while the old ones end", async () => {
  const running = [fn.invoke({ folder }), fn.invoke({ folder })];
  await eventually(async () => (await fn.stats()).invocations === 2);
  const replaced = fn.replaceCode(await version("new"));
  const waiting = fn.invoke({});
  writeFileSync(join(folder, "go"), "");
  expect(await Promise.all([...running, waiting])).toEqual(["old", "old", "new"]);
  await replaced;
});
