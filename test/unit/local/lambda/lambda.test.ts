import { availableParallelism } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import {
  createFunctionPool,
  type FunctionPool,
  type PoolOptions,
} from "../../../../local/lambda/function-pool.ts";
import { createScaleUp } from "../../../../local/lambda/scale-up.ts";
import { eventually } from "../../../support/eventually.ts";
import { temporaryFolder, writeAssembly } from "../assembly.ts";

async function pool(code: string, options: Partial<PoolOptions> = {}): Promise<FunctionPool> {
  const folder = await writeAssembly({}, { Fn: code });
  const started = createFunctionPool({
    codeFolder: `${folder}/asset.Fn`,
    handler: "index.handler",
    functionName: "Fn",
    functionArn: "arn:aws:lambda:us-east-1:000000000000:function:Fn",
    memoryMb: 128,
    timeoutSeconds: 60,
    environment: { GIVEN: "yes" },
    maximumConcurrency: 4,
    log: () => undefined,
    ...options,
  });
  onTestFinished(() => started.close());
  return started;
}

test("gives a handler the event, its context and its own environment", async () => {
  const fn = await pool(`export async function handler(event, context) {
    const remainingMs = context.getRemainingTimeInMillis();
    return { event, context, remainingMs, env: { ...process.env } };
  }`);
  const seen = await fn.invoke({ a: 1 });
  expect(seen).toEqual({
    event: { a: 1 },
    context: expect.objectContaining({
      functionName: "Fn",
      awsRequestId: expect.any(String),
      invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:Fn",
      memoryLimitInMB: "128",
    }),
    remainingMs: expect.any(Number),
    env: { GIVEN: "yes" },
  });
  const { remainingMs } = Object(seen);
  expect(remainingMs).toBeGreaterThan(0);
  expect(remainingMs).toBeLessThanOrEqual(60_000);
});

test("keeps a module's state from one invocation to the next", async () => {
  const fn = await pool("let calls = 0; export const handler = async () => (calls += 1);");
  await fn.invoke({});
  expect(await fn.invoke({})).toBe(2);
});

/** Each invocation leaves a mark and waits for that of another one: alone, none of them ends. */
const meets = `
  import { readdirSync, writeFileSync } from "node:fs";
  import { setTimeout as pause } from "node:timers/promises";
  let running = 0;
  export async function handler({ folder, name }) {
    running += 1;
    writeFileSync(folder + "/" + name, "");
    while (readdirSync(folder).length < 2) await pause(5);
    const seen = running;
    running -= 1;
    return seen;
  }`;

test("runs one invocation at a time in an environment, and others beside it", async () => {
  const fn = await pool(meets, { maximumConcurrency: 2 });
  const folder = await temporaryFolder();
  const names = ["a", "b", "c", "d", "e"];
  const seen = await Promise.all(names.map((name) => fn.invoke({ folder, name })));
  expect(seen).toEqual([1, 1, 1, 1, 1]);
  expect((await fn.stats()).initMs).toHaveLength(2);
});

test("starts no environment for what one that is free can take", async () => {
  const fn = await pool("export const handler = async () => null;");
  for (let round = 0; round < 5; round += 1) await fn.invoke({});
  expect((await fn.stats()).initMs).toHaveLength(1);
});

test("lets nobody wait for an environment that will not come any more", async () => {
  const fn = await pool("export const handler = () => new Promise(() => {});", {
    maximumConcurrency: 1,
  });
  const ends = [fn.invoke({}), fn.invoke({})].map((end) => expect(end).rejects.toThrow());
  await fn.close();
  await Promise.all(ends);
});

test.each([
  ["quiet", 150, { size: 1, waitedMs: 50, busyShare: 1 }, true],
  ["quiet", 150, { size: 1, waitedMs: 49, busyShare: 0 }, false],
  ["busy", 10, { size: 1, waitedMs: 499, busyShare: 0 }, false],
  ["busy", 10, { size: 1, waitedMs: 500, busyShare: 1 }, true],
  ["quiet", 150, { size: 2, waitedMs: 4_999, busyShare: 0.5 }, false],
  ["quiet", 150, { size: 2, waitedMs: 50, busyShare: 0.4 }, true],
  ["busy", 10, { size: 2, waitedMs: 4_999, busyShare: 0.4 }, false],
  ["busy", 10, { size: 2, waitedMs: 500, busyShare: 0.01 }, true],
  ["quiet", 150, { size: 4, waitedMs: 50, busyShare: 0.4 }, false],
  ["busy", 10, { size: 4, waitedMs: 500, busyShare: 0.01 }, true],
  ["busy", 10, { size: 4, waitedMs: 5_000, busyShare: 1 }, true],
])(
  "on a %s machine (%d of 200 ms idle), %o starts another environment: %s",
  (_, idleMs, situation, helps) => {
    let nowMs = 0;
    const time = { idleMs: 0, totalMs: 0 };
    const wouldHelp = createScaleUp(
      () => nowMs,
      () => ({ ...time }),
      2,
    );
    nowMs += 100;
    time.idleMs += idleMs;
    time.totalMs += 200;
    expect(wouldHelp(situation)).toBe(helps);
  },
);

test("starts no more environments for what those have to do that every processor computes", async () => {
  const fn = await pool(
    `export async function handler() {
      const endMs = performance.now() + 40;
      while (performance.now() < endMs);
    }`,
    { maximumConcurrency: 64 },
  );
  await Promise.all(Array.from({ length: 40 }, () => fn.invoke({})));
  expect((await fn.stats()).initMs.length).toBeLessThanOrEqual(Math.max(2, availableParallelism()));
});

test("reports what a handler throws", async () => {
  const fn = await pool(`export async function handler() { throw new TypeError("bad"); }`);
  await expect(fn.invoke({})).rejects.toMatchObject({
    failure: { errorType: "TypeError", errorMessage: "bad" },
  });
  expect(await fn.stats()).toMatchObject({ invocations: 1, failures: 1 });
});

test("ends an environment that takes too long and goes on with another one", async () => {
  const fn = await pool(`export async function handler({ hang }) { while (hang); return "ok"; }`, {
    timeoutSeconds: 1,
  });
  await expect(fn.invoke({ hang: true })).rejects.toThrow(/Task timed out after 1.00 seconds/);
  expect(await fn.invoke({})).toBe("ok");
});

test.each([
  ["process.exit(3)", /exit status 3/],
  ["setImmediate(() => { throw new Error('loose') }); await new Promise(() => {})", /loose/],
  ["const a = []; for (;;) a.push(new Array(10_000).fill(0.5))", /memory/],
])("fails one invocation alone when it ends with %s", async (crash, reason) => {
  const fn = await pool(
    `export async function handler({ doomed }) { if (doomed) { ${crash} } return "ok"; }`,
    { memoryMb: 32 },
  );
  await expect(fn.invoke({ doomed: true })).rejects.toThrow(reason);
  expect(await fn.invoke({})).toBe("ok");
});

test("gives no work to an environment that has ended after its answer", async () => {
  const lines: string[] = [];
  const fn = await pool(
    `export async function handler({ doomed }) {
      if (doomed) setImmediate(() => { throw new Error("loose"); });
      return "ok";
    }`,
    { log: (line) => lines.push(line) },
  );
  await fn.invoke({ doomed: true });
  await eventually(() => lines.some((line) => line.includes("loose")));
  expect(await fn.invoke({})).toBe("ok");
});

test.each([
  ["throws while it loads", "throw new Error('broken module');", /broken module/],
  ["lacks its handler", "export const other = 1;", /index.handler is undefined/],
])("fails every invocation of a module that %s", async (_, code, reason) => {
  const fn = await pool(code);
  await expect(fn.invoke({})).rejects.toThrow(reason);
  await expect(fn.invoke({})).rejects.toThrow(reason);
});

test("logs every line under the function's name", async () => {
  const lines: string[] = [];
  const fn = await pool(
    `export async function handler() { console.log("one\\ntwo"); console.error("three"); }`,
    { log: (line) => lines.push(line) },
  );
  await fn.invoke({});
  await eventually(() => lines.length === 3);
  expect(lines.toSorted()).toEqual(["[Fn] one", "[Fn] three", "[Fn] two"]);
});

test("goes on with the environments there are when another one has no file left to open", async () => {
  const folder = await temporaryFolder();
  const lines: string[] = [];
  const fn = await pool(
    `import { existsSync, writeFileSync } from "node:fs";
    import { setTimeout as pause } from "node:timers/promises";
    const first = ${JSON.stringify(`${folder}/first`)}, second = ${JSON.stringify(`${folder}/second`)};
    if (existsSync(first)) {
      writeFileSync(second, "");
      throw new Error("EMFILE: too many open files, open 'x'");
    }
    writeFileSync(first, "");
    export async function handler(event) {
      while (!existsSync(second)) await pause(5);
      return event;
    }`,
    { log: (line) => lines.push(line) },
  );
  expect(await Promise.all([1, 2, 3].map((n) => fn.invoke(n)))).toEqual([1, 2, 3]);
  await eventually(() => lines.some((line) => /no further environment.*ulimit -n/.test(line)));
});
