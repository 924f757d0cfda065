import { Duration } from "aws-cdk-lib";
import { CorsHttpMethod, type CorsPreflightOptions } from "aws-cdk-lib/aws-apigatewayv2";
import type { Settings } from "./settings/settings.ts";

/** What pages of other origins may send and see: all that the contract speaks of. No cookies. */
export function corsFor({ allowedOrigins }: Settings): CorsPreflightOptions | undefined {
  if (allowedOrigins.length === 0) return undefined;
  return {
    allowOrigins: allowedOrigins,
    allowMethods: [
      CorsHttpMethod.GET,
      CorsHttpMethod.PUT,
      CorsHttpMethod.POST,
      CorsHttpMethod.DELETE,
    ],
    allowHeaders: [
      "authorization",
      "content-type",
      "idempotency-key",
      "if-match",
      "if-none-match",
      "traceparent",
      "tracestate",
      "webhook-hops",
    ],
    exposeHeaders: ["etag", "retry-after", "x-request-id"],
    maxAge: Duration.hours(1),
  };
}
