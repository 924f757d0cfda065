import { RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, Source } from "aws-cdk-lib/aws-s3-deployment";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";

interface ConsoleFiles {
  readonly bucket: Bucket;
  readonly folder: string;
  readonly settings: Settings;
}

/** Fills the bucket at each deployment, and empties it when the stack goes. */
export function addConsoleFiles(
  scope: Construct,
  { bucket, folder, settings }: ConsoleFiles,
): void {
  const logGroup = new LogGroup(scope, "DeploymentLogs", {
    retention: settings.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // The role that Lambda would make may write to every log group of the account.
  const role = new Role(scope, "DeploymentRole", {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
  });
  logGroup.grantWrite(role);
  new BucketDeployment(scope, "Deployment", {
    sources: [Source.asset(folder)],
    // By its name alone: a bucket that carries the deployment's tag is not emptied with it.
    destinationBucket: Bucket.fromBucketName(scope, "Destination", bucket.bucketName),
    retainOnDelete: false,
    role,
    logGroup,
  });
}
