import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { type LocalRun, spawnLocalRun, startLocalRun } from "../../support/service/local-run.ts";
import { Debugger } from "./debugger.ts";

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRun({ args: ["--inspect=0"] });
});

afterAll(() => run?.[Symbol.asyncDispose]());

function getMessage(): Promise<Response> {
  const headers = { authorization: `Bearer ${run.key}` };
  return fetch(`${run.url}/api/v1/caches/any/messages/01K00000000000000000000000`, { headers });
}

function debuggerUrl(): string {
  return /ws:\/\/\S+/.exec(run.stderr())?.[0] ?? "";
}

test("listens to debuggers of this machine alone", () => {
  expect(new URL(debuggerUrl()).hostname).toBe("127.0.0.1");
  expect(run.stdout()).toBe(`hookcast ready ${run.url} key=${run.key}\n`);
});

test("a debugger stops a function, looks into it and lets it go on", async () => {
  const { status } = await getMessage();
  using attached = await Debugger.attach(debuggerUrl());
  const thread = await attached.thread("GetMessage");
  await thread.send("Debugger.enable");
  const expression = "process.env.AWS_LAMBDA_FUNCTION_NAME";
  expect(await thread.send("Runtime.evaluate", { expression })).toMatchObject({
    result: { value: expect.stringContaining("GetMessage") },
  });

  await thread.send("Debugger.pause");
  const answered = getMessage();
  const paused = await eventually(() =>
    thread.events().find(({ method }) => method === "Debugger.paused"),
  );
  expect(paused.params).toMatchObject({ callFrames: expect.arrayContaining([expect.anything()]) });
  await thread.send("Debugger.resume");
  expect((await answered).status).toBe(status);
});

test("Ctrl-C ends it with a debugger attached and a function stopped", async () => {
  using attached = await Debugger.attach(debuggerUrl());
  const thread = await attached.thread("GetMessage");
  await thread.send("Debugger.enable");
  await thread.send("Debugger.pause");
  const answered = getMessage().catch(() => undefined);
  await eventually(() => thread.events().some(({ method }) => method === "Debugger.paused"));
  expect(await run.stop()).toBe(0);
  await answered;
});

test("what is no port is refused before anything starts", async () => {
  await using refused = spawnLocalRun({ PORT: "0" }, ["--inspect=here"]);
  expect(await refused.exited).toBe(1);
  expect(refused.stderr()).toContain("--inspect=here names no port");
});
