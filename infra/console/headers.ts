import { Duration } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import { cloudFrontName } from "./cloudfront-name.ts";

/** The page runs its own scripts, speaks to its own origin, and nobody puts it into a frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** For the page itself, which must be asked for anew each time. */
export function pageHeaders(scope: Construct): ResponseHeadersPolicy {
  return headers(scope, "PageHeaders", "no-cache");
}

/** For what never changes under its name. */
export function keptHeaders(scope: Construct): ResponseHeadersPolicy {
  return headers(scope, "KeptHeaders", "public, max-age=31536000, immutable");
}

function headers(
  scope: Construct,
  id: "PageHeaders" | "KeptHeaders",
  cacheControl: string,
): ResponseHeadersPolicy {
  const override = true;
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: cloudFrontName(scope, id),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override },
      contentTypeOptions: { override },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: "cache-control", value: cacheControl, override },
        { header: "cross-origin-opener-policy", value: "same-origin", override },
        { header: "cross-origin-resource-policy", value: "same-origin", override },
      ],
    },
  });
}
