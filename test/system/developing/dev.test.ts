import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorkingCopy, type WorkingCopy } from "../../mutations/working-copy.ts";
import { eventually } from "../../support/eventually.ts";
import { descendantsOf, isAlive } from "../../support/process/descendants.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";

const entry = "functions/http/webhooks/list-webhooks.ts";
const firstLine = "const scope = scopeOf(cacheName);";

let checkout: WorkingCopy;
let dataDir: string;
let run: LocalRun;
let original: string;

beforeAll(async () => {
  checkout = await openWorkingCopy();
  dataDir = await mkdtemp(join(tmpdir(), "hookcast-dev-"));
  original = readFileSync(join(checkout.folder, entry), "utf8");
  // The functions must come from the copy: no template that was made elsewhere.
  const options = { checkout: checkout.folder, template: "", dataDir };
  run = await startLocalRun({ ...options, args: ["--watch"] });
});

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  await checkout?.[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

function listWebhooks(): Promise<Response> {
  const headers = { authorization: `Bearer ${run.key}` };
  return fetch(`${run.url}/api/v1/caches/any/webhooks`, { headers });
}

/** Saves the source with `line` as the first that the function runs, and waits for what the run says of it. */
async function save(line: string, outcome: RegExp): Promise<void> {
  expect(original).toContain(firstLine);
  const before = run.stderr().length;
  writeFileSync(join(checkout.folder, entry), original.replace(firstLine, `${line}\n${firstLine}`));
  await eventually(() => outcome.test(run.stderr().slice(before)));
}

const swapped = /^swapped .*: \w*ListWebhooks\w*$/m;

test("an edited function runs without a restart, and its error names its line", async () => {
  expect((await listWebhooks()).status).toBe(200);
  await save(`throw new Error("as edited");`, swapped);

  expect((await listWebhooks()).status).toBe(500);
  const line = original.slice(0, original.indexOf(firstLine)).split("\n").length;
  await eventually(() => run.stderr().includes(`${entry}:${line}:`));
});

test("what does not build is told, and the functions stay as they were", async () => {
  await save("", swapped);
  await save("const = ;", /list-webhooks\.ts:\d+:\d+:[\s\S]*the build failed/);
  expect((await listWebhooks()).status).toBe(200);
});

test("a request that is under way ends on the code that it began with", async () => {
  const [started, go] = [join(dataDir, "started"), join(dataDir, "go")].map((path) =>
    JSON.stringify(path),
  );
  await save(
    `const fs = await import("node:fs");
     fs.writeFileSync(${started}, "");
     while (!fs.existsSync(${go})) await new Promise((resolve) => setTimeout(resolve, 5));`,
    swapped,
  );
  const underWay = listWebhooks();
  await eventually(() => existsSync(join(dataDir, "started")));

  await save(`throw new Error("newer");`, swapped);
  expect((await listWebhooks()).status).toBe(500);
  writeFileSync(join(dataDir, "go"), "");
  expect((await underWay).status).toBe(200);
});

test("Ctrl-C ends it with all that it has started, and stdout has had one line", async () => {
  const descendants = descendantsOf(run.pid);
  expect(descendants).not.toEqual([]);
  expect(await run.stop()).toBe(0);
  await eventually(() => !descendants.some(isAlive));
  expect(run.stdout()).toBe(`hookcast ready ${run.url} key=${run.key}\n`);
});
