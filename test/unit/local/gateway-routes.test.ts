import { expect, onTestFinished, test } from "vitest";
import { listen } from "../../../local/gateway/listener.ts";
import { echoed, refusal, serve, statusOf } from "./gateway-under-test.ts";

test("prefers a literal segment to a parameter and the default to nothing", async () => {
  const url = await serve(
    [
      { routeKey: "$default", functionName: "default" },
      { routeKey: "GET /a/{b}", functionName: "parameter" },
      { routeKey: "ANY /a/b", functionName: "any" },
      { routeKey: "GET /a/b", functionName: "literal" },
    ],
    async (functionName) => functionName,
  );
  const answerTo = async (path: string, method = "GET") =>
    (await fetch(url + path, { method })).text();
  expect(await answerTo("/a/b")).toBe("literal");
  expect(await answerTo("/a/b", "PUT")).toBe("any");
  expect(await answerTo("/a/c")).toBe("parameter");
  expect(await answerTo("/a/c/d")).toBe("default");
});

test.each<[string, string, number]>([
  ["an exact path", "/a/b", 200],
  ["another case", "/A/b", 404],
  ["an empty segment", "/a/", 404],
  ["an encoded slash", "/a/b%2Fc", 404],
  ["a path that is encoded twice", "/a/%2561", 200],
  ["broken percent-encoding", "/a/%zz", 400],
  ["bytes that are not UTF-8", "/a/%ff", 400],
  ["a whole address", "http://h/a/b", 400],
])("routes %s", async (_, path, status) => {
  expect(await statusOf(await serve([{ routeKey: "GET /a/{b}" }]), path)).toBe(status);
});

test("decodes a path only once", async () => {
  const url = await serve([{ routeKey: "GET /a/{b}" }]);
  const event = await echoed(fetch(`${url}/a/%2561`));
  expect(event.pathParameters).toEqual({ b: "%61" });
});

test("has no route for a method that none names", async () => {
  const url = await serve([{ routeKey: "GET /a" }]);
  expect(await refusal(await fetch(`${url}/a`, { method: "POST" }))).toEqual([
    404,
    { message: "Not Found" },
  ]);
  expect(await statusOf(url, "/a", "HEAD")).toBe(404);
  expect(await statusOf(url, "/a", "OPTIONS")).toBe(404);
});

test("answers 503 until there is something to serve", async () => {
  const listener = await listen(0);
  onTestFinished(() => listener.close(0));
  expect(await refusal(await fetch(listener.url))).toEqual([
    503,
    { message: "Service Unavailable" },
  ]);
});
