import { MessageChannel } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { createRunSecret, secretsOf } from "../../../local/aws/secrets.ts";
import { callAws } from "../../../local/aws-call.ts";
import { createDirectClient } from "../../../local/direct/direct-client.mjs";
import { startEngines } from "../../../local/engines/engines.ts";
import { operator } from "../../../local/operator.ts";
import { temporaryFolder } from "./assembly.ts";

async function engines(processors: number) {
  const runSecret = createRunSecret();
  const dataDir = await temporaryFolder();
  const started = await startEngines({ dataDir, runSecret, allowedHosts: [] }, processors);
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await started.close();
    isClosed = true;
  };
  onTestFinished(close);
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  started.connect(port2);
  const { dynamodb: endpoint } = started.endpoints;
  const direct = createDirectClient({ port: port1, origins: [endpoint] });
  const credentials = { accessKeyId: operator, secretAccessKey: secretsOf(runSecret)(operator) };
  const target = "DynamoDB_20120810.ListTables";
  const byPort = { endpoint, service: "dynamodb", target, credentials, direct };
  const { direct: _, ...byHttp } = byPort;
  return { started: { ...started, close }, byPort, byHttp };
}

test.each([
  ["this thread", 2],
  ["a thread of their own", 3],
])("engines in %s answer ports and URLs, and hang up when they close", async (_, processors) => {
  const { started, byPort, byHttp } = await engines(processors);
  for (const operation of [byPort, byHttp]) {
    expect(await callAws(operation, {})).toEqual({ TableNames: [] });
  }
  const calls = await started.calls();
  expect(calls.map(({ action, calls }) => [action, calls])).toEqual([["ListTables", 2]]);
  await started.rest();
  await started.close();
  await expect(callAws(byPort, {})).rejects.toMatchObject({ code: "ECONNRESET" });
  await expect(callAws(byHttp, {})).rejects.toMatchObject({ code: "ECONNREFUSED" });
});
