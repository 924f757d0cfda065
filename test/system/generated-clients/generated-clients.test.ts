import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, type TestContext, test } from "vitest";
import * as z from "zod/mini";
import { NotPossible } from "../../steps/not-possible.ts";
import { installPython } from "../../steps/python.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { startLocalRun } from "../../support/service/local-run.ts";
import { downloadIn, runIn } from "./run-in.ts";

/** What a program has published, by kind. */
const Published = z.catchall(
  z.object({ secretString: z.string(), batch: z.array(z.string()) }),
  z.string(),
);

const here = import.meta.dirname;
const folder = await mkdtemp(join(tmpdir(), "hookcast-generated-"));
const run = await startLocalRun();
const receiver = await startReceiver();
afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
  await run[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const document = join(folder, "openapi.json");
await writeFile(document, await (await fetch(`${run.url}/api/v1/openapi.json`)).text());

/** Each downloads a generator, and one compiles it. */
const timeoutMs = 600_000;
const bytes = Buffer.from([0, 255, 10, 13, 128]);

test(
  "openapi-python-client makes a client that publishes JSON and bytes",
  async (context) => {
    const requirements = join(here, "python", "requirements.txt");
    const python = await orSkip(context, installPython(folder, requirements));
    const output = join(folder, "python-client");
    const generate = ["-m", "openapi_python_client", "generate", "--path", document];
    await runIn(folder, environment("python"))(python, ...generate, "--output-path", output);

    await runIn(folder, {})(python, "-m", "compileall", "-q", output);
    const env = { ...environment("python"), PYTHONPATH: output };
    const said = await runIn(folder, env)(python, join(here, "python/publish.py"));
    await expectDeliveries("python", said, {
      object: Buffer.from('{"amount":12}'),
      number: Buffer.from("12"),
      bytes,
    });
  },
  timeoutMs,
);

const goFolder = join(folder, "go-client");
const modules = {
  GOMODCACHE: join(folder, "go-modules"),
  GOFLAGS: "-mod=readonly -modcacherw",
  GOTOOLCHAIN: "local",
  TMPDIR: folder,
};
const go = runIn(goFolder, { ...environment("go"), ...modules, GOPROXY: "off" });
const downloadModules = () => downloadIn(goFolder, modules)("go", "mod", "download");
await cp(join(here, "go"), goFolder, { recursive: true });
await mkdir(join(goFolder, "hookcast"), { recursive: true });

test(
  "kin-openapi takes the document for valid, and RE2 compiles its expressions",
  async (context) => {
    await orSkip(context, downloadModules());
    const count = Number(await go("go", "run", "./validate", document));
    expect(count).toBeGreaterThan(50);
  },
  timeoutMs,
);

test(
  "oapi-codegen makes a client that publishes JSON, text and bytes",
  async (context) => {
    await orSkip(context, downloadModules());
    await go("go", "tool", "oapi-codegen", "-config", "oapi-codegen.yaml", document);
    await go("go", "vet", "./...");
    await expectDeliveries("go", await go("go", "run", "./publish"), {
      object: Buffer.from('{"amount":12}'),
      text: Buffer.from("Here I am!!"),
      bytes,
    });
  },
  timeoutMs,
);

function environment(language: string): Record<string, string> {
  return {
    HOOKCAST_URL: run.url,
    HOOKCAST_KEY: run.key,
    RECEIVER_URL: `${receiver.url}/${language}`,
  };
}

/** That each message has arrived, with the very bytes. */
async function expectDeliveries(language: string, said: string, bodies: Record<string, Buffer>) {
  const published = z.parse(Published, JSON.parse(said));
  receiver.trust(`/${language}`, published.secretString);
  const arrived = (messageId: unknown) =>
    eventually(() => receiver.find(`/${language}`, String(messageId)));
  for (const [kind, body] of Object.entries(bodies)) {
    expect((await arrived(published[kind])).body, kind).toEqual(body);
  }
  expect((await arrived(published.object)).refusal).toBe(undefined);
  const batch = await Promise.all(published.batch.map(arrived));
  expect(batch.map(({ body }) => body)).toEqual([
    Buffer.from('{"amount":13}'),
    Buffer.from("Here I am!!"),
    Buffer.from([0, 255, 10]),
  ]);
}

/** What was downloaded, unless that is not possible here. */
async function orSkip({ skip }: TestContext, downloading: Promise<string>): Promise<string> {
  return await downloading.catch((error: unknown) => {
    if (error instanceof NotPossible) skip(error.message);
    throw error;
  });
}
