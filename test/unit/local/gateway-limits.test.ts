import { expect, test } from "vitest";
import { echo, refusal, serve } from "./gateway-under-test.ts";

test("throttles each route by its own limits", async () => {
  const routes = [{ routeKey: "GET /a" }, { routeKey: "GET /b" }];
  const url = await serve(routes, echo, {
    defaultThrottle: { ratePerSecond: 0, burst: 1 },
    routeThrottles: { "GET /b": { ratePerSecond: 0, burst: 2 } },
  });
  const statuses = async (path: string) => [
    (await fetch(url + path)).status,
    (await fetch(url + path)).status,
    (await fetch(url + path)).status,
  ];
  expect(await statuses("/a")).toEqual([200, 429, 429]);
  expect(await statuses("/b")).toEqual([200, 200, 429]);
  expect(await refusal(await fetch(`${url}/a`))).toEqual([429, { message: "Too Many Requests" }]);
});

test("refuses more than 10 MB, announced or not, and more than Lambda takes", async () => {
  const url = await serve([{}]);
  const bytes = new Uint8Array(10 * 1024 * 1024 + 1);
  const post = (body: Uint8Array<ArrayBuffer> | ReadableStream) =>
    fetch(url, { method: "POST", body, duplex: "half" });
  const tooLarge = [413, { message: "Request Entity Too Large" }];
  expect(await refusal(await post(bytes))).toEqual(tooLarge);
  expect(await refusal(await post(new Blob([bytes]).stream()))).toEqual(tooLarge);
  expect(await refusal(await post(bytes.slice(0, 5 * 1024 * 1024)))).toEqual(tooLarge);
});

test("refuses headers of more than 10 KiB", async () => {
  const url = await serve([{}]);
  const answer = await fetch(url, { headers: { long: "x".repeat(10 * 1024) } });
  expect(await refusal(answer)).toEqual([431, { message: "Request Header Fields Too Large" }]);
});
