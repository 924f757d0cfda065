import type { Cors } from "../template/http-api.ts";
import type { ApiResponse } from "./api-response.ts";

type Headers = Record<string, string>;

/** The answer to a preflight request, which reaches no route; undefined when it is none. */
export function preflight(cors: Cors, method: string, headers: Headers): ApiResponse | undefined {
  if (method !== "OPTIONS" || !headers.origin || !headers["access-control-request-method"]) {
    return undefined;
  }
  const allowed = corsHeaders(cors, headers.origin);
  const { AllowMethods, AllowHeaders, MaxAge } = cors;
  const answered: Headers = allowed && {
    ...allowed,
    ...(AllowMethods.length > 0 && { "access-control-allow-methods": AllowMethods.join(",") }),
    ...(AllowHeaders.length > 0 && { "access-control-allow-headers": AllowHeaders.join(",") }),
    ...(MaxAge !== undefined && { "access-control-max-age": String(MaxAge) }),
  };
  return { status: 204, headers: answered, body: "" };
}

/** Sets the API's own headers; those that a function chose are dropped, as API Gateway does. */
export function withCors(
  cors: Cors | undefined,
  origin: string | undefined,
  answer: ApiResponse,
): ApiResponse {
  if (!cors) return answer;
  const others = Object.entries(answer.headers).filter(
    ([name]) => !name.startsWith("access-control-"),
  );
  const headers = { ...Object.fromEntries(others), ...(origin ? corsHeaders(cors, origin) : {}) };
  return { ...answer, headers };
}

function corsHeaders(cors: Cors, origin: string): Headers {
  const { AllowOrigins, AllowCredentials, ExposeHeaders } = cors;
  const anyOrigin = AllowOrigins.includes("*");
  if (!anyOrigin && !AllowOrigins.includes(origin)) return {};
  return {
    "access-control-allow-origin": anyOrigin && !AllowCredentials ? "*" : origin,
    ...(!anyOrigin && { vary: "origin" }),
    ...(AllowCredentials && { "access-control-allow-credentials": "true" }),
    ...(ExposeHeaders.length > 0 && { "access-control-expose-headers": ExposeHeaders.join(",") }),
  };
}
