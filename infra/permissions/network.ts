import { Validations } from "aws-cdk-lib";
import type { CfnFunction } from "aws-cdk-lib/aws-lambda";
import type { IDependable } from "constructs";
import { grant, isNotGiven, type Link } from "./links.ts";

/** Where a function's calls leave from, if not from Lambda's own network. */
export interface Network {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** What must stand before a call can leave. */
  readonly ways: readonly IDependable[];
}

/**
 * The function runs in the network. Lambda makes the interfaces for it with the function's own role; the code
 * that runs under this role may not touch them.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function runsIn(network: Network | undefined): Link {
  if (!network) return isNotGiven;
  const { subnetIds, securityGroupIds, ways } = network;
  const interfaces = grant("ec2", interfaceActions, "*");
  const byCode = { ArnLike: { "lambda:SourceFunctionArn": "arn:*:lambda:*:*:function:*" } };
  return {
    grants: [interfaces, { ...interfaces, isDenied: true, conditions: byCode }],
    configure: (fn) => {
      // A function of this class is made of this resource.
      const resource = fn.node.defaultChild as CfnFunction;
      resource.vpcConfig = {
        subnetIds: [...subnetIds],
        securityGroupIds: [...securityGroupIds],
      };
      fn.node.addDependency(...ways);
      if (!fn.role) return;
      Validations.of(fn.role).acknowledge({
        id: "AwsSolutions-IAM5[Resource::*]",
        reason:
          "Lambda's network interfaces do not exist before the function; code may not touch them.",
      });
    },
  };
}

const interfaceActions = [
  "CreateNetworkInterface",
  "DescribeNetworkInterfaces",
  "DescribeSubnets",
  "DeleteNetworkInterface",
  "AssignPrivateIpAddresses",
  "UnassignPrivateIpAddresses",
];
