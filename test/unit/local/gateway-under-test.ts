import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import * as z from "zod/mini";
import { createGateway, type Gateway } from "../../../local/gateway/gateway.ts";
import { listen } from "../../../local/gateway/listener.ts";
import type { Invoke } from "../../../local/lambda/functions.ts";
import type { HttpApi, Route } from "../../../local/template/http-api.ts";

/** The parts of an event that tests look at one by one. */
export const Event = z.looseObject({
  headers: z.record(z.string(), z.string()),
  pathParameters: z.optional(z.record(z.string(), z.string())),
  requestContext: z.looseObject({ authorizer: z.optional(z.unknown()) }),
  body: z.optional(z.string()),
  isBase64Encoded: z.boolean(),
});

/** Answers with the event that the function was given. */
export const echo: Invoke = async (_, event) => ({ statusCode: 200, body: JSON.stringify(event) });

/** A gateway in front of these routes, for as long as the test runs; answers its URL. */
export async function serve(routes: Partial<Route>[], invoke = echo, api: Partial<HttpApi> = {}) {
  return await listenerFor(createGateway(gatewayApi(routes, api), invoke, () => undefined));
}

export function gatewayApi(routes: Partial<Route>[], api: Partial<HttpApi> = {}): HttpApi {
  const full = routes.map((route) => ({
    routeKey: "$default",
    functionName: "fn",
    authorizer: undefined,
    ...route,
  }));
  const limits = { cors: undefined, defaultThrottle: undefined, routeThrottles: {} };
  return { apiId: "api", ...limits, ...api, routes: full };
}

/** Lets it answer for as long as the test runs; gives the URL. */
export async function listenerFor(gateway: Gateway | undefined): Promise<string> {
  const listener = await listen(0);
  onTestFinished(() => listener.close(0));
  if (gateway) listener.serve(gateway);
  return listener.url;
}

/** Sends exactly this text; `fetch` would tidy up paths and headers. */
async function sendRaw(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  socket.write(request);
  return await text(socket);
}

/** The event that came of a request. */
export async function echoed(request: Promise<Response>) {
  return Event.parse(await (await request).json());
}

/** The status of a request for exactly this path. */
export async function statusOf(url: string, path: string, method = "GET"): Promise<number> {
  const answer = await sendRaw(
    url,
    `${method} ${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\nconnection: close\r\n\r\n`,
  );
  return Number(answer.split(" ")[1]);
}

export async function refusal(answer: Response): Promise<[number, unknown]> {
  return [answer.status, await answer.json()];
}
