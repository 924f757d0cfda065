import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import type { Authorize } from "../../../../local/aws/permission.ts";
import { createRunSecret, secretsOf } from "../../../../local/aws/secrets.ts";
import type { AnswerOf } from "../../../../local/aws/server.ts";
import { signedHeaders } from "../../../../local/aws-call.ts";
import { answerPort } from "../../../../local/direct/answer-port.ts";
import { startKms } from "../../../../local/kms/start.ts";
import { createFunctionPool, type FunctionPool } from "../../../../local/lambda/function-pool.ts";
import { eventually } from "../../../support/eventually.ts";
import { portOf } from "../../../support/process/free-port.ts";
import { temporaryFolder, writeAssembly } from "../assembly.ts";

/** Nobody listens there. */
const origin = "http://127.0.0.1:9";

const caller = `
const http = process.getBuiltinModule("node:http");
export function handler({ url, headers, body, giveUp }) {
  return new Promise((resolve) => {
    const place = { agent: http.globalAgent, servername: "" };
    const sent = http.request(new URL(url), { method: "POST", headers, ...place });
    const events = [];
    sent.once("close", () => events.push("close"));
    sent.once("error", ({ code, message }) => resolve({ code, message }));
    sent.once("response", async (answer) => {
      let text = "";
      for await (const chunk of answer) text += chunk;
      setImmediate(() => resolve({ status: answer.statusCode, headers: answer.headers, text, events }));
    });
    sent.end(body);
    if (giveUp) setImmediate(() => sent.destroy(new Error("given up")));
  });
}`;

async function functionWith(at: string, answerOf: AnswerOf | undefined): Promise<FunctionPool> {
  const folder = await writeAssembly({}, { Fn: caller });
  const fn = createFunctionPool({
    codeFolder: `${folder}/asset.Fn`,
    handler: "index.handler",
    functionName: "Fn",
    functionArn: "arn:aws:lambda:us-east-1:000000000000:function:Fn",
    memoryMb: 128,
    timeoutSeconds: 30,
    environment: {},
    maximumConcurrency: 1,
    log: () => undefined,
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      answerPort(port2, (asked) => (asked === at ? answerOf : undefined));
      return { port: port1, origins: [at] };
    },
  });
  onTestFinished(() => fn.close());
  return fn;
}

const answered = { status: 200, headers: { "x-amzn-requestid": "one" }, body: '{"ü":1}' };

test("hands a function's request to the engine and the answer back, without a socket", async () => {
  const seen: unknown[] = [];
  const fn = await functionWith(origin, async ({ method, url, headers, body }) => {
    seen.push({ method, url, headers, body: await body() });
    return answered;
  });
  const headers = { "X-Amz-Target": "A.B", "content-length": 5 };
  expect(await fn.invoke({ url: `${origin}/p?q`, headers, body: "{ü}" })).toEqual({
    status: 200,
    headers: answered.headers,
    text: answered.body,
    events: ["close"],
  });
  expect(seen).toEqual([
    {
      method: "POST",
      url: "/p?q",
      headers: { host: "127.0.0.1:9", "x-amz-target": "A.B", "content-length": "5" },
      body: "{ü}",
    },
  ]);
});

test("leaves requests to anybody else to HTTP", async () => {
  const server = createServer((request, response) => request.pipe(response));
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const fn = await functionWith(origin, async () => answered);
  const url = `http://127.0.0.1:${portOf(server)}`;
  expect(await fn.invoke({ url, body: "there" })).toMatchObject({ status: 200, text: "there" });
});

test("refuses a call where no engine listens, and goes on to answer others", async () => {
  const fn = await functionWith(origin, undefined);
  const refused = { code: "ECONNREFUSED", message: `no engine listens at ${origin}` };
  expect(await fn.invoke({ url: origin })).toEqual(refused);
  expect(await fn.invoke({ url: origin })).toEqual(refused);
});

test("tells the engine when a caller gives up, and when its environment is killed", async () => {
  let arrived = 0;
  let hungUp = 0;
  const fn = await functionWith(origin, (_, onHangUp) => {
    arrived += 1;
    onHangUp(() => {
      hungUp += 1;
    });
    return new Promise(() => {});
  });
  expect(await fn.invoke({ url: origin, giveUp: true })).toEqual({ message: "given up" });
  await eventually(() => hungUp === 1);
  const killed = expect(fn.invoke({ url: origin })).rejects.toThrow();
  await eventually(() => arrived === 2);
  await fn.kill();
  await killed;
  await eventually(() => hungUp === 2);
});

test.each([
  ["that is signed and allowed", {}, true, 200, "CiphertextBlob"],
  ["that its principal may not make", {}, false, 400, "AccessDeniedException"],
  ["of another secret", { secretAccessKey: "other" }, true, 400, "InvalidSignatureException"],
  ["to a foreign name", { endpoint: "http://other.test:1" }, true, 403, "ForbiddenHost"],
])("an engine checks a call %s as one by HTTP", async (_, changes, isAllowed, status, code) => {
  const secretOf = secretsOf(createRunSecret());
  const authorize: Authorize = () => isAllowed;
  const keyFile = join(await temporaryFolder(), "key");
  const kms = await startKms({ keyFile, secretOf, authorize });
  onTestFinished(kms.close);
  const { endpoint = kms.url, secretAccessKey = secretOf("Fn") } = changes as Partial<
    Record<"endpoint" | "secretAccessKey", string>
  >;
  const credentials = { accessKeyId: "Fn", secretAccessKey };
  const operation = {
    endpoint,
    service: "kms",
    target: "TrentService.GenerateDataKey",
    credentials,
  };
  const body = JSON.stringify({ KeyId: "k", KeySpec: "AES_256" });
  const call = { url: kms.url, headers: signedHeaders(operation, body), body };
  const direct = await (await functionWith(kms.url, kms.answerOf)).invoke(call);
  const byHttp = await (await functionWith(origin, kms.answerOf)).invoke(call);
  const expected = { status, text: expect.stringContaining(code) };
  expect({ direct, byHttp }).toMatchObject({ direct: expected, byHttp: expected });
});
