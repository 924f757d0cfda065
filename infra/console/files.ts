import { RemovalPolicy, Stack, Tags, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Bucket, type CfnBucket } from "aws-cdk-lib/aws-s3";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { BucketDeployment, Source } from "aws-cdk-lib/aws-s3-deployment";
import type { Construct, IConstruct } from "constructs";
import type { Settings } from "../settings/settings.ts";

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
  const files = new Asset(scope, "Asset", { path: folder });
  const role = copyingRole(scope, files, bucket);
  logGroup.grantWrite(role);
  new BucketDeployment(scope, "Deployment", {
    sources: [Source.bucket(files.bucket, files.s3ObjectKey)],
    // By its name alone: a bucket that carries the tag of a deployment is not emptied with it.
    destinationBucket: Bucket.fromBucketName(scope, "Destination", bucket.bucketName),
    retainOnDelete: false,
    // The CDK would let it read all that was ever deployed to the account.
    role: role.withoutPolicyUpdates(),
    logGroup,
  });

  const copier = copierOf(scope);
  for (const [name, value] of Object.entries(settings.tags)) Tags.of(copier).add(name, value);
  Validations.of(copier).acknowledge({
    id: "AwsSolutions-L1",
    reason: "The CDK chooses the runtime of its own function, which runs during deployments alone.",
  });
}

function copyingRole(scope: Construct, files: Asset, bucket: Bucket): Role {
  const role = new Role(scope, "DeploymentRole", {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
  });
  const allow = (actions: string[], resource: string) =>
    role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
  allow(["s3:GetObject"], files.bucket.arnForObjects(files.s3ObjectKey));
  allow(["s3:ListBucket", "s3:GetBucketTagging"], bucket.bucketArn);
  allow(["s3:PutObject", "s3:DeleteObject"], bucket.arnForObjects("*"));
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(bucket)}.Arn>/*]`,
    reason: "It writes and deletes whatever the console consists of, in a bucket of nothing else.",
  });
  return role;
}

function logicalIdOf(bucket: Bucket): string {
  // A bucket that the CDK makes consists of this resource.
  return Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
}

/** The function that the CDK makes once for all deployments of a stack, beside our construct. */
function copierOf(scope: Construct): IConstruct {
  const { children } = Stack.of(scope).node;
  const copier = children.find(({ node }) => node.id.startsWith("Custom::CDKBucketDeployment"));
  if (!copier) throw new Error("The CDK no longer makes a function of this name");
  return copier;
}
