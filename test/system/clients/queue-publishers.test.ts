import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, type TestContext, test } from "vitest";
import * as z from "zod/mini";
import { NotPossible } from "../../steps/not-possible.ts";
import { installPython } from "../../steps/python.ts";
import { subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { root } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { startLocalRun } from "../../support/service/local-run.ts";
import { codeBlocks, readDocument } from "../documents/code-blocks.ts";
import { downloadIn, runIn } from "../generated-clients/run-in.ts";

const folder = await mkdtemp(join(tmpdir(), "hookcast-queue-publishers-"));
const run = await startLocalRun();
const receiver = await startReceiver();
const operator = z
  .record(z.string(), z.string())
  .parse(JSON.parse(await readFile(join(run.dataDir, "operator.json"), "utf8")));
const environment = { ...operator, QUEUE: operator.IngestQueue ?? "" };
const { path } = await subscribe(api(run.url, run.key), receiver, {
  ...{ cacheName: "orders", webhookName: "billing", topicName: "paid" },
});
afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
  await run[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The values that have arrived verified since the test began, each once. */
function arrivals(): () => unknown[] {
  const known = new Set(receiver.deliveries.map(({ messageId }) => messageId));
  return () => {
    const fresh = receiver.deliveries.filter(
      ({ messageId, refusal, ...one }) =>
        one.path === path && refusal === undefined && !known.has(messageId),
    );
    const bodies = new Map(fresh.map(({ messageId, body }) => [messageId, String(body)]));
    return [...bodies.values()].map((body) => JSON.parse(body).data);
  };
}

/** Downloads what a program needs, or skips the test where that is not possible. */
async function unlessNotPossible({ skip }: TestContext, download: () => Promise<string>) {
  return await download().catch((error: unknown) => {
    if (error instanceof NotPossible) skip(error.message);
    throw error;
  });
}

/** What a program has printed; if it failed, also what the service has said meanwhile. */
async function printed(program: Promise<string>): Promise<string> {
  return await program.catch((cause: Error) => {
    throw new Error(`${cause.message}\nThe local run said:\n${run.stderr()}`, { cause });
  });
}

const orders = Array.from({ length: 12 }, (_, order) => ({ order }));
const byText = (values: unknown[]) => values.map((value) => JSON.stringify(value)).sort();

test("the program of the Python guide publishes through the queue, with boto3", async (context) => {
  const values = arrivals();
  const blocks = codeBlocks(readDocument("docs/client-python.md"), "python");
  const [block = ""] = blocks.filter((one) => one.includes("import boto3"));
  const program = join(folder, "guide.py");
  await writeFile(program, block);
  const python = await unlessNotPossible(context, () =>
    installPython(folder, "clients/python/tests/requirements.txt"),
  );
  const PYTHONPATH = join(root, "clients/python/src");
  const env = { ...environment, PYTHONPATH, PYTHONDONTWRITEBYTECODE: "1" };
  // boto3 reads another variable than the SDKs of Node and Go.
  const AWS_DEFAULT_REGION = operator.AWS_REGION ?? "";
  const type = runIn(folder, { ...env, AWS_DEFAULT_REGION });
  const said = await printed(type(python, program));
  expect(said).toMatch(/^([0-9a-f-]{36}\n){13}$/);
  await eventually(() => values().length >= 13, { timeoutMs: 60_000 });
  expect(byText(values())).toEqual(byText([{ total: 12 }, ...orders]));
}, 600_000);

test("the example in Go publishes through the queue, with the client of the SDK", async (context) => {
  const values = arrivals();
  const modules = {
    GOTOOLCHAIN: "local",
    GOFLAGS: "-mod=readonly -modcacherw -buildvcs=false",
    GOMODCACHE: join(folder, "go-modules"),
    TMPDIR: folder,
  };
  const example = join(root, "examples/go-queue");
  const download = downloadIn(example, modules);
  await unlessNotPossible(context, () => download("go", "list", "-deps", "."));
  const go = runIn(example, { ...environment, ...modules, GOPROXY: "off" });
  await go("go", "vet", ".");
  const said = await printed(go("go", "run", "."));
  expect(said).toMatch(/^(sent [0-9a-f-]{36}\n){12}$/);
  await eventually(() => values().length >= 12, { timeoutMs: 60_000 });
  expect(byText(values())).toEqual(byText(orders));
}, 600_000);
