import { Aws, Names } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** CloudFront keeps one list of names for all regions of an account, and takes 64 characters. */
export function cloudFrontName(
  scope: Construct,
  kind: "PageHeaders" | "PortalHeaders" | "KeptHeaders" | "Access" | "PortalIndex",
) {
  return `${Names.uniqueResourceName(scope, { maxLength: 36 })}-${kind}-${Aws.REGION}`;
}
