import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { connect } from "../../../ops/connect.ts";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import { portOf } from "../../support/process/free-port.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

test("an operator's program waits for an answer that a function would not wait for", async () => {
  let calls = 0;
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await using server = createServer(async (_request, response) => {
    calls += 1;
    ask();
    await released;
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const access = { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
  const url = `http://127.0.0.1:${portOf(server)}`;
  const settings = { ...access, ApiKeysTable: "keys", AWS_ENDPOINT_URL_DYNAMODB: url };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

  connect();
  const call = dynamoDb.call("GetItem", { TableName: "keys", Key: { keyId: { S: "key" } } });
  await asked;
  vi.advanceTimersByTime(20_000);
  release();
  expect((await call).$metadata.attempts).toBe(1);
  expect(calls).toBe(1);
});
