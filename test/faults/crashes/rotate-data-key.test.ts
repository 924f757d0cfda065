import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { describeRun } from "../../contract/document/service-description.ts";
import { readRows } from "../../security/rows.ts";
import { publish, subscribe, webhookPath } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { startFile } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { startLocalRun } from "../../support/service/local-run.ts";

const run = await startLocalRun();
afterAll(() => run[Symbol.asyncDispose]());
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
const { operatorEnv = {} } = await describeRun(run);
const call = api(run.url, run.key);

const cacheName = "rotated";
const secrets = new Map<string, string>();
for (const webhookName of Array.from({ length: 40 }, (_, n) => `w${n}`)) await put(webhookName);

async function put(webhookName: string): Promise<void> {
  const subscription = { cacheName, webhookName, topicName: webhookName };
  const { secretString } = await subscribe(call, receiver, subscription);
  secrets.set(webhookName, secretString);
}

const Secret = z.object({ response: z.object({ secret: z.string() }) });

/** Every secret can be read, and every webhook is delivered to with a signature that is right. */
async function seeThatAllIsWell(): Promise<void> {
  for (const [webhookName, secret] of secrets) {
    const path = `${webhookPath(cacheName, webhookName)}/secret`;
    const { body } = await call({ method: "GET", path });
    expect(z.parse(Secret, body).response.secret).toBe(secret);
  }
  for (const webhookName of ["w0", [...secrets.keys()].at(-1) ?? ""]) {
    const messageId = await publish(call, cacheName, webhookName, { n: 1 });
    const delivery = await eventually(() =>
      receiver.find(`/${cacheName}/${webhookName}`, messageId),
    );
    expect(delivery.refusal).toBeUndefined();
  }
}

/** The rows of keys, and the numbers of keys under which something is sealed. */
async function state() {
  const rows = [...(await readRows(operatorEnv))].filter(([key]) =>
    key.startsWith("WebhooksTable"),
  );
  const keys = rows.flatMap(([key]) => / vault data-key\/(\d+)$/.exec(key)?.[1] ?? []);
  const texts = rows.map(([, row]) => row).join("\n");
  const sealed = [...texts.matchAll(/"1\.(\d+)\.[\w-]{30,}"/g)].map(([, number]) => number);
  return { keys, sealed: [...new Set(sealed)].sort() };
}

const waitsFor = "waiting 120 s";

test.each([
  "TransactWriteItems:1",
  "TransactWriteItems:1:after",
  "Scan:1",
  "UpdateItem:1",
  "UpdateItem:20",
  "UpdateItem:1:after",
  "Scan:2",
  "Scan:3",
])("kill -9 at %s leaves everything readable", async (at) => {
  await using program = startFile("test/faults/run/rotate-process.ts", [at], operatorEnv);
  program.child.stdin?.write("go on\n");
  await program.exited;
  expect([program.child.signalCode, program.stdout()]).toEqual(["SIGKILL", ""]);
  expect((await state()).keys).toContain("1");
  await seeThatAllIsWell();
});

test("the program itself tells how far it is, waits, and can be killed", async () => {
  await using dry = startFile("ops/rotate-data-key.ts", ["--dry-run"], operatorEnv);
  expect([await dry.exited, dry.stdout()]).toEqual([0, expect.stringContaining("would go on")]);
  await using program = startFile("ops/rotate-data-key.ts", [], operatorEnv);
  await eventually(() => program.stderr().includes(waitsFor), { timeoutMs: 60_000 });
  await program.end("SIGKILL");
  expect(program.stderr()).toContain("going on with the rotation to data key 2");
  expect(await state()).toEqual({ keys: ["1", "2"], sealed: ["2"] });
});

test("what was begun is finished, with writers at work, and nothing of the old key is left", async () => {
  await using program = startFile("test/faults/run/rotate-process.ts", [], operatorEnv);
  await eventually(() => program.stderr().includes(waitsFor), { timeoutMs: 60_000 });
  await put("late");
  program.child.stdin?.write("go on\n");
  expect([await program.exited, program.stdout()]).toEqual([
    0,
    "data key 2 is in use, 1 deleted\n",
  ]);
  expect(await state()).toEqual({ keys: ["2"], sealed: ["2"] });
  await seeThatAllIsWell();
});

test("kill -9 just before and just behind the deletion", async () => {
  const rotate = (at: string) => {
    const program = startFile("test/faults/run/rotate-process.ts", [at], operatorEnv);
    program.child.stdin?.write("go on\n");
    return program;
  };
  await using before = rotate("TransactWriteItems:2");
  await before.exited;
  expect(await state()).toEqual({ keys: ["2", "3"], sealed: ["3"] });
  await using behind = rotate("TransactWriteItems:1:after"); // it makes no key, so this one deletes
  await behind.exited;
  expect(behind.child.signalCode).toBe("SIGKILL");
  expect(await state()).toEqual({ keys: ["3"], sealed: ["3"] });
  await seeThatAllIsWell();
});

test("an argument that it does not know is refused with its usage", async () => {
  await using program = startFile("ops/rotate-data-key.ts", ["--force"], operatorEnv);
  expect([await program.exited, program.stdout()]).toEqual([1, ""]);
  expect(program.stderr()).toContain("usage: npm run rotate-data-key");
});
