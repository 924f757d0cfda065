import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Invoke } from "../lambda/functions.ts";
import type { Log } from "../lambda/log-lines.ts";
import type { RequestAuthorizer } from "../template/authorizers.ts";
import type { HttpApi } from "../template/http-api.ts";
import {
  type ApiResponse,
  functionResponse,
  GatewayRefusal,
  refusalResponse,
} from "./api-response.ts";
import { type Authorize, createAuthorizer } from "./authorizer.ts";
import { preflight, withCors } from "./cors.ts";
import { type GatewayRequest, routeEvent } from "./event.ts";
import { callIntegration, integrationTimeoutMs } from "./integration.ts";
import { encodeBody, readBody } from "./request-body.ts";
import { parseHeaders } from "./request-headers.ts";
import { parseTarget } from "./request-target.ts";
import { createRouter } from "./router.ts";
import { createThrottle } from "./throttle.ts";

const dayMs = 86_400_000;

export type Gateway = (request: IncomingMessage) => Promise<ApiResponse>;

export interface GatewayOptions {
  /** Whether a function may take as long as it likes: a debugger may have stopped it. */
  isPatient?: boolean;
}

/** Handles requests as API Gateway's HTTP API does: its routes, its limits, its own refusals. */
export function createGateway(
  api: HttpApi,
  invoke: Invoke,
  log: Log,
  { isPatient = false }: GatewayOptions = {},
): Gateway {
  const timeoutMs = isPatient ? dayMs : integrationTimeoutMs;
  const route = createRouter(api.routes);
  const admits = createThrottle(api);
  const authorize = authorizersOf(api, invoke);

  async function pass(incoming: IncomingMessage, requestId: string): Promise<ApiResponse> {
    const method = incoming.method ?? "";
    const timeMs = Date.now();
    const target = parseTarget(incoming.url ?? "");
    const match = route(method, target.path);
    if (!match) throw new GatewayRefusal(404);
    const { routeKey, authorizer, functionName } = match.route;
    if (!admits(routeKey, timeMs)) throw new GatewayRefusal(429);

    const bytes = await readBody(incoming);
    const request: GatewayRequest = {
      ...target,
      ...parseHeaders(incoming.rawHeaders),
      apiId: api.apiId,
      requestId,
      method,
      protocol: `HTTP/${incoming.httpVersion}`,
      sourceIp: incoming.socket.remoteAddress ?? "",
      timeMs,
      routeKey,
      pathParameters: match.pathParameters,
    };
    const context = await authorize(authorizer, request);
    const event = {
      ...routeEvent(request, context),
      ...encodeBody(bytes, request.headers["content-type"]),
    };
    return functionResponse(await callIntegration(invoke, functionName, event, timeoutMs));
  }

  return async (incoming) => {
    const { headers } = parseHeaders(incoming.rawHeaders);
    const requestId = randomUUID();
    const answer =
      (api.cors && preflight(api.cors, incoming.method ?? "", headers)) ??
      withCors(api.cors, headers.origin, await answerRequest(incoming, requestId));
    return { ...answer, headers: { ...answer.headers, "apigw-requestid": requestId } };
  };

  function answerRequest(incoming: IncomingMessage, requestId: string): Promise<ApiResponse> {
    return pass(incoming, requestId).catch((error) => refuse(error, incoming, log));
  }
}

function authorizersOf({ routes }: HttpApi, invoke: Invoke) {
  const authorizers = new Map<string, Authorize>();
  for (const { authorizer } of routes) {
    if (!authorizer || authorizers.has(authorizer.id)) continue;
    authorizers.set(authorizer.id, createAuthorizer(authorizer, invoke));
  }
  return async (authorizer: RequestAuthorizer | undefined, request: GatewayRequest) =>
    authorizer && (await authorizers.get(authorizer.id)?.(request));
}

function refuse(error: unknown, incoming: IncomingMessage, log: Log): ApiResponse {
  const refusal = error instanceof GatewayRefusal ? error : new GatewayRefusal(500, error);
  if (refusal.cause && refusal.status >= 500) {
    const { cause } = refusal;
    log(`${incoming.method} ${incoming.url}: ${cause instanceof Error ? cause.message : cause}`);
  }
  return refusalResponse(refusal);
}
