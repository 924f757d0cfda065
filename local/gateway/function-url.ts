import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Invoke } from "../lambda/functions.ts";
import type { Log } from "../lambda/log-lines.ts";
import { functionUrlPath } from "../template/function-url-path.ts";
import type { FunctionUrl } from "../template/function-urls.ts";
import {
  type ApiResponse,
  functionResponse,
  GatewayRefusal,
  refusalResponse,
} from "./api-response.ts";
import { baseEvent, type GatewayRequest } from "./event.ts";
import type { Gateway } from "./gateway.ts";
import { maxEventBytes } from "./integration.ts";
import { encodeBody, readBody } from "./request-body.ts";
import { parseHeaders } from "./request-headers.ts";
import { parseQuery } from "./request-target.ts";

/** What stands where a gateway has the key of a route. */
const routeKey = "$default";

/** Handles requests below its path as a function URL does, and leaves all others to the gateway behind it. */
export function withFunctionUrl(
  { id, functionName }: FunctionUrl,
  gateway: Gateway,
  invoke: Invoke,
  log: Log,
): Gateway {
  return async (incoming) => {
    const target = incoming.url ?? "";
    if (!target.startsWith(functionUrlPath)) return await gateway(incoming);
    const requestId = randomUUID();
    const answer = await pass(incoming, target.slice(functionUrlPath.length - 1), requestId).catch(
      (error) => refuse(error, incoming, log),
    );
    return { ...answer, headers: { ...answer.headers, "x-amzn-requestid": requestId } };
  };

  async function pass(
    incoming: IncomingMessage,
    target: string,
    requestId: string,
  ): Promise<ApiResponse> {
    const [path = "", rawQuery = ""] = splitOnce(target, "?");
    const bytes = await readBody(incoming);
    const request: GatewayRequest = {
      // As it was sent: it is the function's to decode.
      path,
      rawQuery,
      query: parseQuery(rawQuery),
      ...parseHeaders(incoming.rawHeaders),
      apiId: id,
      requestId,
      method: incoming.method ?? "",
      protocol: `HTTP/${incoming.httpVersion}`,
      sourceIp: incoming.socket.remoteAddress ?? "",
      timeMs: Date.now(),
      routeKey,
      pathParameters: {},
    };
    const event = {
      ...baseEvent(request),
      ...encodeBody(bytes, request.headers["content-type"]),
    };
    if (Buffer.byteLength(event.body ?? "") > maxEventBytes) throw new GatewayRefusal(413);
    return functionResponse(await invoke(functionName, event));
  }
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** A function that fails is a 502 here, where the gateway makes it a 500. */
function refuse(error: unknown, { method, url }: IncomingMessage, log: Log): ApiResponse {
  if (error instanceof GatewayRefusal && error.status < 500) return refusalResponse(error);
  log(`${method} ${url}: ${error instanceof Error ? error.message : error}`);
  return refusalResponse(new GatewayRefusal(502, error));
}
