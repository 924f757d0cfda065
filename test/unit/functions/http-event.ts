import type { Context } from "aws-lambda";
import { type Caller, callerContext } from "../../../shared/runtime/caller.ts";
import type { HttpEvent } from "../../../shared/runtime/request.ts";

export const requestId = "request-1";

interface Request {
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** A text goes as it is, anything else as JSON. */
  body?: unknown;
  isBase64Encoded?: boolean;
  caller?: Partial<Caller>;
}

/** A caller who may do everything, but for what is given. */
export function callerWith(changes: Partial<Caller> = {}): Caller {
  return { keyId: "key_1", caches: ["*"], permissions: ["read", "manage", "publish"], ...changes };
}

/** An event as API Gateway sends it, with payload format 2.0 and a simple authorizer. */
export function httpEvent(request: Request): HttpEvent {
  const { params, query, headers = {}, body, isBase64Encoded = false, caller } = request;
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/",
    rawQueryString: "",
    headers,
    ...(query && { queryStringParameters: query }),
    ...(params && { pathParameters: params }),
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    isBase64Encoded,
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "localhost",
      domainPrefix: "localhost",
      http: {
        method: "GET",
        path: "/",
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: "",
      },
      requestId,
      routeKey: "$default",
      stage: "$default",
      time: "24/Jan/2024:23:20:28 +0000",
      timeEpoch: 1706138428000,
      authorizer: { lambda: callerContext(callerWith(caller)) },
    },
  };
}

export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: "Function",
  functionVersion: "$LATEST",
  invokedFunctionArn: "",
  memoryLimitInMB: "256",
  awsRequestId: requestId,
  logGroupName: "",
  logStreamName: "",
  getRemainingTimeInMillis: () => 30_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
