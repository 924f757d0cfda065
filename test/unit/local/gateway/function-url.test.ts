import { expect, test } from "vitest";
import { createFrontDoor } from "../../../../local/gateway/front-door.ts";
import type { Invoke } from "../../../../local/lambda/functions.ts";
import { readFunctionUrl } from "../../../../local/template/function-urls.ts";
import type { LambdaFunction } from "../../../../local/template/functions.ts";
import type { Resource } from "../../../../local/template/resources.ts";
import { echo, gatewayApi, listenerFor, statusOf } from "../gateway-under-test.ts";

const functionUrl = { id: "url", functionName: "fn" };

async function served(invoke: Invoke = echo): Promise<string> {
  const api = gatewayApi([{ routeKey: "GET /a" }]);
  const door = await createFrontDoor(
    { api, functionUrl, site: undefined },
    invoke,
    () => undefined,
  );
  return await listenerFor(door);
}

test("hands over the path as it was sent, the query decoded, and no parameters", async () => {
  const url = await served();
  const answer = await fetch(`${url}/function-url/a%2Fb/%E2%82%AC?x=1%202&x=3`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", "X-Kind": "k" },
    body: Uint8Array.of(255, 0),
  });
  expect(await answer.json()).toMatchObject({
    version: "2.0",
    routeKey: "$default",
    rawPath: "/a%2Fb/%E2%82%AC",
    rawQueryString: "x=1%202&x=3",
    queryStringParameters: { x: "1 2,3" },
    headers: { "x-kind": "k" },
    body: "/wA=",
    isBase64Encoded: true,
    requestContext: { http: { method: "POST" }, requestId: answer.headers.get("x-amzn-requestid") },
  });
});

test("leaves everything beside its path to the gateway", async () => {
  const url = await served();
  expect(await statusOf(url, "/a")).toBe(200);
  expect(await statusOf(url, "/function-url")).toBe(404);
  expect(await statusOf(url, "/function-urls/a")).toBe(404);
});

test("answers a function that fails with 502, and an event that is too long for Lambda with 413", async () => {
  const url = await served(async () => {
    throw new Error("broken");
  });
  expect((await fetch(`${url}/function-url/`)).status).toBe(502);
  const body = "x".repeat(6 * 1024 * 1024 + 1);
  const headers = { "content-type": "text/plain" };
  expect((await fetch(`${url}/function-url/`, { method: "POST", headers, body })).status).toBe(413);
});

const arn = "arn:aws:lambda:us-east-1:000000000000:function:fn";
const fn = { logicalId: "fn", name: "fn", arn } as LambdaFunction;
const resource = (type: string, properties: object): Resource => ({
  ...{ logicalId: type, name: type, type, properties },
});
const url = resource("AWS::Lambda::Url", { AuthType: "NONE", TargetFunctionArn: arn });
const permission = (Action: string) =>
  resource("AWS::Lambda::Permission", { Action, FunctionName: arn, Principal: "*" });
const both = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].map(permission);

test("a template's URL leads to its function, where anybody has both permissions", () => {
  expect(readFunctionUrl([url, ...both], [fn])).toMatchObject({ functionName: "fn" });
  expect(readFunctionUrl(both, [fn])).toBeUndefined();
  for (const one of both) {
    expect(() => readFunctionUrl([url, one], [fn])).toThrow(/nobody has lambda:/);
  }
  expect(() => readFunctionUrl([url, url, ...both], [fn])).toThrow("one function URL runs here");
});
