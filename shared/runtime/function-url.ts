import type {
  Context,
  LambdaFunctionURLEvent,
  APIGatewayProxyStructuredResultV2 as Result,
} from "aws-lambda";
import type { Route } from "../contract/route.ts";
import { failure } from "./api-response.ts";
import type { callerContext } from "./caller.ts";
import type { HttpEvent } from "./request.ts";

type Decision =
  | { readonly isAuthorized: false }
  | { readonly isAuthorized: true; readonly context: ReturnType<typeof callerContext> };

/** An operation that the URL serves, with the handler that the gateway would call. */
interface Hosted {
  readonly route: Route;
  readonly handler: (event: HttpEvent, context: Context) => Promise<Result>;
}

interface Behind {
  readonly hosted: readonly Hosted[];
  /** Tells who calls, from what stands in `Authorization`. */
  readonly identify: (authorization: string) => Promise<Decision>;
}

type Segments = readonly string[];

/**
 * Does for requests of a function URL what API Gateway does before it calls a function: decodes the path, finds the
 * route, and asks who calls. What it refuses by itself looks as if the gateway had refused it.
 */
export async function answerFromUrl(
  event: LambdaFunctionURLEvent,
  context: Context,
  { hosted, identify }: Behind,
): Promise<Result> {
  const { requestId, http } = event.requestContext;
  const segments = decodedSegments(event.rawPath);
  if (!segments) return refusal(400, requestId);
  const match = findRoute(hosted, http.method, segments);
  if (!match) return refusal(404, requestId);
  const { authorization } = event.headers;
  if (!authorization) return refusal(401, requestId);
  let decision: Decision;
  try {
    decision = await identify(authorization);
  } catch (error) {
    const { headers, ...result } = failure(match.route, error, requestId);
    return { ...result, headers: { ...headers, "x-request-id": requestId } };
  }
  if (!decision.isAuthorized) return refusal(403, requestId);
  return await match.handler(
    {
      ...event,
      pathParameters: match.pathParameters,
      requestContext: { ...event.requestContext, authorizer: { lambda: decision.context } },
    },
    context,
  );
}

/** A function URL hands over the path as it was sent; an encoded slash stays within its segment. */
function decodedSegments(rawPath: string): Segments | undefined {
  try {
    return rawPath.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function findRoute(hosted: readonly Hosted[], method: string, segments: Segments) {
  for (const { route, handler } of hosted) {
    const pathParameters = route.method === method && parametersIn(route.path, segments);
    if (pathParameters) return { route, handler, pathParameters };
  }
  return undefined;
}

function parametersIn(path: string, segments: Segments): Record<string, string> | undefined {
  const pattern = path.split("/");
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, expected] of pattern.entries()) {
    const actual = segments[at] ?? "";
    if (!expected.startsWith("{")) {
      if (actual !== expected) return undefined;
    } else if (actual === "" || actual.includes("/")) {
      return undefined;
    } else {
      parameters[expected.slice(1, -1)] = actual;
    }
  }
  return parameters;
}

const reasons = { 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found" };

function refusal(statusCode: keyof typeof reasons, requestId: string): Result {
  return {
    statusCode,
    headers: {
      "cache-control": "no-store",
      "content-type": "application/json",
      "x-request-id": requestId,
    },
    body: JSON.stringify({ message: reasons[statusCode] }),
  };
}
