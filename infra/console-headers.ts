import { Aws, Duration, Names } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";

/** The page runs its own scripts, speaks to its own origin, and nobody may put it in a frame. */
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

export function pageHeaders(scope: Construct): ResponseHeadersPolicy {
  return headers(scope, "PageHeaders", "no-cache");
}

/** For what is never changed under its name. */
export function keptHeaders(scope: Construct): ResponseHeadersPolicy {
  return headers(scope, "KeptHeaders", "public, max-age=31536000, immutable");
}

function headers(scope: Construct, id: string, cacheControl: string): ResponseHeadersPolicy {
  const override = true;
  return new ResponseHeadersPolicy(scope, id, {
    // Policies of all regions share one list.
    responseHeadersPolicyName: `${Names.uniqueResourceName(scope, { maxLength: 90 })}-${id}-${Aws.REGION}`,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override },
      contentTypeOptions: { override },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override },
    },
    customHeadersBehavior: {
      customHeaders: [{ header: "cache-control", value: cacheControl, override }],
    },
  });
}
