import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod/mini";
import { createGateway } from "../../local/gateway/gateway.ts";
import { listen } from "../../local/gateway/listener.ts";
import type { Invoke } from "../../local/lambda/functions.ts";
import type { RequestAuthorizer } from "../../local/template/authorizers.ts";
import type { HttpApi, Route } from "../../local/template/http-api.ts";

/** The parts of an event that tests look at one by one. */
const Event = z.looseObject({
  headers: z.record(z.string(), z.string()),
  pathParameters: z.optional(z.record(z.string(), z.string())),
  requestContext: z.looseObject({ authorizer: z.optional(z.unknown()) }),
  body: z.optional(z.string()),
  isBase64Encoded: z.boolean(),
});

/** Answers with the event that the function was given. */
const echo: Invoke = async (_, event) => ({ statusCode: 200, body: JSON.stringify(event) });

async function serve(routes: Partial<Route>[], invoke = echo, api: Partial<HttpApi> = {}) {
  const listener = await listen(0);
  onTestFinished(() => listener.close(0));
  const full = routes.map((route) => ({
    routeKey: "$default",
    functionName: "fn",
    authorizer: undefined,
    ...route,
  }));
  const limits = { cors: undefined, defaultThrottle: undefined, routeThrottles: {} };
  const whole = { apiId: "api", ...limits, ...api, routes: full };
  listener.serve(createGateway(whole, invoke, () => undefined));
  return listener.url;
}

/** Sends exactly this text; `fetch` would tidy up paths and headers. */
async function sendRaw(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  socket.write(request);
  return await text(socket);
}

async function echoed(request: Promise<Response>) {
  return Event.parse(await (await request).json());
}

async function statusOf(url: string, path: string, method = "GET"): Promise<number> {
  const answer = await sendRaw(
    url,
    `${method} ${path} HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n`,
  );
  return Number(answer.split(" ")[1]);
}

async function refusal(answer: Response): Promise<[number, unknown]> {
  return [answer.status, await answer.json()];
}

test("hands a request over in payload format 2.0", async () => {
  const url = await serve([{ routeKey: "POST /a/{one}/{two}" }]);
  const answer = await fetch(`${url}/a/x%20y/%C3%A9?q=1&q=2&z=%26`, {
    method: "POST",
    body: "tëxt",
    headers: { "content-type": "text/plain", "X-Custom": "v", cookie: "a=1; b=2" },
  });
  const event = Event.parse(await answer.json());
  expect(event).toMatchObject({
    version: "2.0",
    routeKey: "POST /a/{one}/{two}",
    rawPath: "/a/x y/é",
    rawQueryString: "q=1&q=2&z=%26",
    cookies: ["a=1", "b=2"],
    headers: { "content-type": "text/plain", "x-custom": "v", host: new URL(url).host },
    queryStringParameters: { q: "1,2", z: "&" },
    pathParameters: { one: "x y", two: "é" },
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      http: { method: "POST", path: "/a/x y/é", protocol: "HTTP/1.1", sourceIp: "127.0.0.1" },
      requestId: answer.headers.get("apigw-requestid"),
      routeKey: "POST /a/{one}/{two}",
      stage: "$default",
      time: expect.stringMatching(/^\d{2}\/\w{3}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
      timeEpoch: expect.any(Number),
    },
    body: "tëxt",
    isBase64Encoded: false,
  });
  expect(event.headers).not.toHaveProperty("cookie");
});

test.each<[string, string | undefined, Buffer, boolean]>([
  ["JSON", "application/json", Buffer.from("{}"), false],
  ["JSON of a kind", "application/cloudevents+json; charset=utf-8", Buffer.from("{}"), false],
  ["text", "text/csv", Buffer.from("é"), false],
  ["text that is not UTF-8", "text/plain", Buffer.from([0xff, 0xfe]), true],
  ["bytes", "application/octet-stream", Buffer.from("abc"), true],
  ["a form", "application/x-www-form-urlencoded", Buffer.from("a=b"), true],
])("passes %s on without loss", async (_, contentType, body, isBase64Encoded) => {
  const url = await serve([{}]);
  const headers = { "content-type": contentType ?? "" };
  const event = await echoed(fetch(url, { method: "POST", body: new Uint8Array(body), headers }));
  expect(event.isBase64Encoded).toBe(isBase64Encoded);
  expect(Buffer.from(event.body ?? "", isBase64Encoded ? "base64" : "utf8")).toEqual(body);
});

test("answers what the function says, cookies and bytes included", async () => {
  const url = await serve([{}], async () => ({
    statusCode: 201,
    headers: { "X-A": "1", "Content-Type": "image/png", Connection: "close" },
    cookies: ["a=1", "b=2; Path=/"],
    body: Buffer.from([0, 255]).toString("base64"),
    isBase64Encoded: true,
  }));
  const answer = await fetch(url);
  expect(answer.status).toBe(201);
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(answer.headers.get("x-a")).toBe("1");
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2; Path=/"]);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
});

test.each<[string, unknown, string]>([
  ["an object", { a: 1 }, '{"a":1}'],
  ["a text", "hi", "hi"],
  ["nothing", null, "null"],
])("answers 200 with %s that has no status code", async (_, result, body) => {
  const answer = await fetch(await serve([{}], async () => result));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(await answer.text()).toBe(body);
});

test.each<[string, Invoke]>([
  ["fails", () => Promise.reject(new Error("no"))],
  ["answers a status that is none", async () => ({ statusCode: "many" })],
  ["answers a body that is no text", async () => ({ statusCode: 200, body: {} })],
  ["answers a header that none can be", async () => ({ statusCode: 200, headers: { a: "\n" } })],
])("answers 500 when the function %s", async (_, invoke) => {
  const answer = await fetch(await serve([{}], invoke));
  expect(await refusal(answer)).toEqual([500, { message: "Internal Server Error" }]);
});

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

const guard: RequestAuthorizer = {
  id: "guard",
  functionName: "guard",
  identitySources: [{ kind: "header", name: "authorization" }],
  cacheSeconds: 60,
};

/** An authorizer that admits "good", next to a route that echoes. */
function guarded(asked: unknown[]): Invoke {
  return async (functionName, event) => {
    if (functionName !== "guard") return await echo(functionName, event);
    asked.push(event);
    // The part of an authorizer's event that is read here.
    const [identity] = (event as { identitySource: string[] }).identitySource;
    if (identity === "broken") throw new Error("no");
    return { isAuthorized: identity === "good", context: { who: identity } };
  };
}

test("asks the authorizer once per identity and passes its context on", async () => {
  const asked: unknown[] = [];
  const routes = [{ routeKey: "GET /{x}", authorizer: guard }];
  const url = await serve(routes, guarded(asked));
  const ask = (path: string) => fetch(url + path, { headers: { authorization: "good" } });
  const event = await echoed(ask("/one"));
  expect(event.requestContext.authorizer).toEqual({ lambda: { who: "good" } });
  expect(await echoed(ask("/two"))).toMatchObject({
    requestContext: { authorizer: { lambda: { who: "good" } } },
  });
  expect(asked).toEqual([
    expect.objectContaining({
      type: "REQUEST",
      version: "2.0",
      identitySource: ["good"],
      routeKey: "GET /{x}",
      pathParameters: { x: "one" },
    }),
  ]);
});

test("refuses who has no identity, and without asking", async () => {
  const asked: unknown[] = [];
  const url = await serve([{ authorizer: guard }], guarded(asked));
  expect(await refusal(await fetch(url))).toEqual([401, { message: "Unauthorized" }]);
  expect(asked).toEqual([]);
});

test("refuses whom the authorizer does not admit, also from memory", async () => {
  const asked: unknown[] = [];
  const url = await serve([{ authorizer: guard }], guarded(asked));
  for (let round = 0; round < 2; round += 1) {
    const answer = await fetch(url, { headers: { authorization: "bad" } });
    expect(await refusal(answer)).toEqual([403, { message: "Forbidden" }]);
  }
  expect(asked).toHaveLength(1);
});

test("answers 500 when the authorizer fails, and asks again", async () => {
  const asked: unknown[] = [];
  const url = await serve([{ authorizer: guard }], guarded(asked));
  for (let round = 0; round < 2; round += 1) {
    const answer = await fetch(url, { headers: { authorization: "broken" } });
    expect(answer.status).toBe(500);
  }
  expect(asked).toHaveLength(2);
});

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

const cors = {
  AllowOrigins: ["https://app.example"],
  AllowMethods: ["GET"],
  AllowHeaders: ["authorization"],
  ExposeHeaders: ["etag"],
  MaxAge: 60,
  AllowCredentials: false,
};

test("answers preflight requests by itself", async () => {
  const url = await serve([], echo, { cors });
  const answer = await fetch(`${url}/any`, {
    method: "OPTIONS",
    headers: { origin: "https://app.example", "access-control-request-method": "GET" },
  });
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "access-control-allow-origin": "https://app.example",
    "access-control-allow-methods": "GET",
    "access-control-allow-headers": "authorization",
    "access-control-max-age": "60",
  });
});

test("lets allowed origins read answers and refusals, in the API's words alone", async () => {
  const url = await serve(
    [{ routeKey: "GET /a" }],
    async () => ({ statusCode: 200, headers: { "access-control-allow-origin": "*" } }),
    { cors },
  );
  const allowedOrigin = async (path: string, origin: string) =>
    (await fetch(url + path, { headers: { origin } })).headers.get("access-control-allow-origin");
  expect(await allowedOrigin("/a", "https://app.example")).toBe("https://app.example");
  expect(await allowedOrigin("/none", "https://app.example")).toBe("https://app.example");
  expect(await allowedOrigin("/a", "https://evil.example")).toBeNull();
});

test("answers 503 until there is something to serve", async () => {
  const listener = await listen(0);
  onTestFinished(() => listener.close(0));
  expect(await refusal(await fetch(listener.url))).toEqual([
    503,
    { message: "Service Unavailable" },
  ]);
});
