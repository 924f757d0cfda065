import middy from "@middy/core";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Route } from "../contract/route.ts";
import { ApiResponse, failure, success } from "./api-response.ts";
import { audit } from "./audit.ts";
import type { JsonText } from "./json-text.ts";
import { writeMetrics } from "./metrics.ts";
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
