import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { webhookPath } from "../support/calls.ts";
import { type Api, api } from "../support/service/api.ts";
import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";

let run: LocalRun;
let call: Api;

beforeAll(async () => {
  run = await startLocalRun();
  call = api(run.url, run.key);
});

afterAll(() => run?.[Symbol.asyncDispose]());

test("refuses who has no key, a wrong key or a wrong path, as the gateway does", async () => {
  const path = "/api/v1/caches/main/webhooks";
  const noKey = await fetch(new URL(path, run.url));
  expect([noKey.status, await noKey.json()]).toEqual([401, { message: "Unauthorized" }]);

  const wrongKey = await api(run.url, "hk_wrong")({ method: "GET", path });
  expect([wrongKey.status, wrongKey.body]).toEqual([403, { message: "Forbidden" }]);

  const wrongPath = await call({ method: "GET", path: "/api/v1/nothing" });
  expect([wrongPath.status, wrongPath.body]).toEqual([404, { message: "Not Found" }]);
});

test("answers a bad request with every bad field", async () => {
  const { status, body, headers } = await call({
    method: "PUT",
    path: webhookPath("main", "bad"),
    body: { destination: { postUrl: "ftp://example.com" }, unknown: 1 },
  });
  expect(status).toBe(400);
  expect(headers.get("x-request-id")).toBeTruthy();
  const BadRequest = z.object({
    error: z.object({
      code: z.literal("INVALID_ARGUMENT_ERROR"),
      details: z.array(z.object({ path: z.string() })),
    }),
  });
  const paths = BadRequest.parse(body).error.details.map((detail) => detail.path);
  expect(paths.sort()).toEqual(["destination.postUrl", "topicName", "unknown"]);
});
