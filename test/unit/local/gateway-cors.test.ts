import { expect, test } from "vitest";
import { echo, serve } from "./gateway-under-test.ts";

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
