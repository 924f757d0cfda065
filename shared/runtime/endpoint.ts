import middy from "@middy/core";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod/mini";
import { isAudited } from "../contract/permission.ts";
import type { Route } from "../contract/route.ts";
import { ApiResponse, failure, type JsonText, success } from "./api-response.ts";
import { log, writeMetrics } from "./logger.ts";
import { type HttpEvent, type Input, type RequestCheck, readRequest } from "./request.ts";

type Value<R extends Route> = R["response"] extends { _zod: { output: infer Output } }
  ? Output
  : never;

/** The value, or the value with a status and headers, or its JSON. */
type Reply<V> = V | ApiResponse<V> | JsonText<V>;

/**
 * Hosts a use case as the Lambda of its route: parsed input in, plain value out. A use case that must set
 * a status or a header of its own returns an `Answer`. Dependencies open at the first request.
 */
export function endpoint<R extends Route, Deps>(
  route: R,
  useCase: (input: Input<R>, deps: Deps) => Promise<Reply<Value<R>>>,
  open: () => Deps,
  check?: RequestCheck,
) {
  let deps: Deps | undefined;
  const run = async (event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> => {
    const input = readRequest(route, event, check);
    deps ??= open();
    const value = await useCase(input, deps);
    return success(route, value instanceof ApiResponse ? value : new ApiResponse(value));
  };
  return middy(run).use(envelope(route));
}

/** Turns what was thrown into the error envelope, puts the request's id on every answer, and tells of the call. */
function envelope(route: Route): middy.MiddlewareObj<HttpEvent, APIGatewayProxyStructuredResultV2> {
  const finish = (request: middy.Request<HttpEvent, APIGatewayProxyStructuredResultV2>) => {
    writeMetrics();
    const { requestId } = request.event.requestContext;
    const { response } = request;
    if (!response) return;
    response.headers = { ...response.headers, "x-request-id": requestId };
    audit(route, request.event, response);
  };
  return {
    after: finish,
    onError: (request) => {
      const { requestId } = request.event.requestContext;
      request.response = failure(route, request.error, requestId);
      finish(request);
    },
  };
}

const Identified = z.object({ keyId: z.string() });
const Id = z.optional(z.string());
const Told = z.object({ response: z.object({ webhookId: Id, sessionId: Id }) });

/**
 * One line for each call that manages, sends again or shows a secret: who did what to which webhook, from
 * where, and what came of it. Ids and names only; neither a body nor an answer is told.
 */
export function audit(
  route: Route,
  { pathParameters, requestContext }: HttpEvent,
  { statusCode, body }: APIGatewayProxyStructuredResultV2,
): void {
  if (!isAudited(route.permission)) return;
  const { authorizer, requestId, http } = requestContext;
  const lambda = authorizer && "lambda" in authorizer ? authorizer.lambda : undefined;
  const told = toldIn(body);
  const { cacheName, webhookName, messageId } = pathParameters ?? {};
  const { webhookId = told?.webhookId, sessionId = told?.sessionId } = pathParameters ?? {};
  log("info", "manage.called", {
    requestId,
    sourceAddress: http.sourceIp,
    operation: route.id,
    keyId: z.safeParse(Identified, lambda).data?.keyId,
    webhookId,
    cacheName,
    webhookName,
    messageId,
    sessionId,
    status: statusCode,
  });
}

/** Where the path names a webhook by its name, or makes a session, the answer may tell its id. */
function toldIn(body: string | undefined) {
  return z.safeParse(Told, JSON.parse(body ?? "null")).data?.response;
}
