import { Duration } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import { cloudFrontName } from "./cloudfront-name.ts";

/** The page runs its own scripts, speaks to its own origin, and is framed by those that are named. */
function policyFor(frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors.join(" ") || "'none'"}`,
  ].join("; ");
}

/** For the console itself, which must be asked for anew each time. */
export function pageHeaders(scope: Construct): ResponseHeadersPolicy {
  return headers(scope, "PageHeaders", "no-cache");
}

/** For the portal, which pages of these origins may put into a frame. */
export function portalHeaders(scope: Construct, origins: readonly string[]): ResponseHeadersPolicy {
  return headers(scope, "PortalHeaders", "no-cache", origins);
}

/** For what never changes under its name. */
export function keptHeaders(scope: Construct): ResponseHeadersPolicy {
  return headers(scope, "KeptHeaders", "public, max-age=31536000, immutable");
}

function headers(
  scope: Construct,
  id: "PageHeaders" | "PortalHeaders" | "KeptHeaders",
  cacheControl: string,
  frameAncestors: readonly string[] = [],
): ResponseHeadersPolicy {
  const override = true;
  const contentSecurityPolicy = policyFor(frameAncestors);
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: cloudFrontName(scope, id),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override },
      contentTypeOptions: { override },
      // It knows no list of origins, and browsers that know frame-ancestors ignore it. A script cannot be framed.
      ...(id === "PageHeaders" && {
        frameOptions: { frameOption: HeadersFrameOption.DENY, override },
      }),
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
