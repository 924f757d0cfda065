import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { Settings } from "../settings/settings.ts";
import { behaviorsOf } from "./behaviors.ts";
import { addConsoleFiles } from "./files.ts";

interface ConsoleProps {
  /** Where the API answers. */
  readonly apiUrl: string;
  /** The page and all that it loads. */
  readonly folder: string;
  readonly settings: Settings;
}

/** CloudFront would answer with one for ten seconds more, whatever its `cache-control` says. */
const unkeptErrors = [500, 501, 502, 503, 504].map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

/**
 * The web page for operators, and below it, at `portal/`, the one for their customers. The API answers under the
 * same name, so that the pages need no CORS.
 */
export class Console extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { apiUrl, folder, settings }: ConsoleProps) {
    super(scope, id);
    const bucket = new Bucket(this, "Files", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Nothing is in it that a deployment would not make again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const distribution = new Distribution(this, "Distribution", {
      comment: `The console of ${settings.stackName}`,
      defaultRootObject: "index.html",
      errorResponses: unkeptErrors,
      ...behaviorsOf(this, { bucket, apiUrl, portalOrigins: settings.portalOrigins }),
    });
    addConsoleFiles(this, { bucket, folder, settings });
    this.url = `https://${distribution.domainName}/`;

    const unlogged =
      "Who loads a public page tells nothing; what is done with it is in the API's audit lines.";
    Validations.of(bucket).acknowledge({ id: "AwsSolutions-S1", reason: unlogged });
    Validations.of(distribution).acknowledge(
      {
        id: "AwsSolutions-CFR1",
        reason: "Who may call the API from where is decided by its keys.",
      },
      { id: "AwsSolutions-CFR2", reason: "The API throttles what comes this way like all else." },
      { id: "AwsSolutions-CFR3", reason: unlogged },
      {
        id: "AwsSolutions-CFR4",
        reason: "CloudFront's own certificate leaves the oldest version of TLS to CloudFront.",
      },
    );
  }
}
