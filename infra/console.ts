import { Fn, RemovalPolicy } from "aws-cdk-lib";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { addConsoleFiles } from "./console-files.ts";
import { keptHeaders, pageHeaders } from "./console-headers.ts";
import type { Settings } from "./settings.ts";

interface ConsoleProps {
  /** Where the API answers. */
  readonly apiUrl: string;
  /** The page and all that it loads. */
  readonly folder: string;
  readonly settings: Settings;
}

/** The web page for operators. The API answers under the same name, so the page needs no CORS. */
export class Console extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { apiUrl, folder, settings }: ConsoleProps) {
    super(scope, id);
    const bucket = new Bucket(this, "Files", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Nothing in it that a deployment would not make again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const files: BehaviorOptions = {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
    };
    const distribution = new Distribution(this, "Distribution", {
      comment: `${settings.stackName}: console`,
      defaultRootObject: "index.html",
      // A new page shows at once; what it loads is named after its content.
      defaultBehavior: {
        ...files,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        responseHeadersPolicy: pageHeaders(this),
      },
      additionalBehaviors: {
        "assets/*": {
          ...files,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: keptHeaders(this),
        },
        "api/*": {
          origin: new HttpOrigin(Fn.parseDomainName(apiUrl)),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          // The gateway finds the API by the host, which must be its own.
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
    });
    addConsoleFiles(this, { bucket, folder, settings });
    this.url = `https://${distribution.domainName}`;
  }
}
