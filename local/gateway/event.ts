import { accountId } from "../aws/arn.ts";
import type { RequestHeaders } from "./request-headers.ts";
import type { RequestTarget } from "./request-target.ts";

/** A request on its way to a route. */
export interface GatewayRequest extends RequestTarget, RequestHeaders {
  apiId: string;
  requestId: string;
  method: string;
  protocol: string;
  sourceIp: string;
  timeMs: number;
  routeKey: string;
  pathParameters: Record<string, string>;
}

/** What the event for a route and the one for its authorizer have in common, in payload format 2.0. */
export function baseEvent(request: GatewayRequest) {
  const { routeKey, path, rawQuery, cookies, headers, query, pathParameters } = request;
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: requestContext(request),
  };
}

/** The event for a route, all but the body; `context` is what its authorizer said of the caller. */
export function routeEvent(request: GatewayRequest, context: object | undefined) {
  const event = baseEvent(request);
  if (!context) return event;
  return { ...event, requestContext: { ...event.requestContext, authorizer: { lambda: context } } };
}

function requestContext(request: GatewayRequest) {
  const { apiId, headers, method, path, protocol, requestId, routeKey, sourceIp, timeMs } = request;
  return {
    accountId: accountId,
    apiId,
    domainName: headers.host ?? "",
    domainPrefix: apiId,
    http: { method, path, protocol, sourceIp, userAgent: headers["user-agent"] ?? "" },
    requestId,
    routeKey,
    stage: "$default",
    time: commonLogTime(timeMs),
    timeEpoch: timeMs,
  };
}

/** Such as `12/Mar/2026:19:03:58 +0000`. */
function commonLogTime(timeMs: number): string {
  const [, day, month, year, time] = new Date(timeMs).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}
