import { Fn } from "aws-cdk-lib";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  type DistributionProps,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  OriginRequestPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { cloudFrontName } from "./cloudfront-name.ts";
import { keptHeaders, pageHeaders, portalHeaders } from "./headers.ts";

interface Origins {
  readonly bucket: Bucket;
  readonly apiUrl: string;
  /** Whose pages may put the portal into a frame. */
  readonly portalOrigins: readonly string[];
}

/** What answers under which path, and for how long that may be kept. */
export function behaviorsOf(
  scope: Construct,
  { bucket, apiUrl, portalOrigins }: Origins,
): Pick<DistributionProps, "defaultBehavior" | "additionalBehaviors"> {
  const files = {
    origin: S3BucketOrigin.withOriginAccessControl(bucket, {
      originAccessControl: new S3OriginAccessControl(scope, "Access", {
        originAccessControlName: cloudFrontName(scope, "Access"),
      }),
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
  };
  // What the page loads is named after what is in it, so that a new page finds the new files.
  const namedAfterContent: BehaviorOptions = {
    ...files,
    cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    responseHeadersPolicy: keptHeaders(scope),
  };
  return {
    defaultBehavior: {
      ...files,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      responseHeadersPolicy: pageHeaders(scope),
    },
    additionalBehaviors: {
      "*.js": namedAfterContent,
      "*.css": namedAfterContent,
      "portal/*": {
        ...files,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        responseHeadersPolicy: portalHeaders(scope, portalOrigins),
        functionAssociations: [
          { eventType: FunctionEventType.VIEWER_REQUEST, function: indexOfFolder(scope) },
        ],
      },
      "api/*": apiBehavior(apiUrl),
    },
  };
}

/** A distribution has an index for its root alone. */
function indexOfFolder(scope: Construct): EdgeFunction {
  return new EdgeFunction(scope, "PortalIndex", {
    functionName: cloudFrontName(scope, "PortalIndex"),
    comment: "Gives /portal/ its index.html",
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(
      "function handler({ request }) { request.uri = request.uri.replace(/\\/$/, '/index.html'); return request; }",
    ),
  });
}

function apiBehavior(apiUrl: string): BehaviorOptions {
  return {
    origin: new HttpOrigin(Fn.parseDomainName(apiUrl)),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    // All but the host: by that the gateway finds the API, and it must be its own.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  };
}
