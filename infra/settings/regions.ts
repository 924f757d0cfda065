import { Annotations, Stack, Token } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { badSettings, type Settings } from "./settings.ts";

/** CloudFormation has no AWS::Budgets::Budget there. */
const withoutBudgets = new Set([
  ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-3", "ap-south-2", "ap-southeast-3"],
  ...["ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1"],
  ...["eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "il-central-1", "me-central-1"],
  ...["mx-central-1", "us-gov-east-1", "us-gov-west-1"],
]);

/**
 * Lambda has no function URLs there:
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
 */
const withoutFunctionUrls = new Set([
  ...["ap-east-2", "ap-south-2", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6"],
  ...["ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-2", "il-central-1", "me-central-1"],
]);

/** Neither CloudFront in GovCloud, nor in China an address of its own or access to a private bucket. */
const withoutConsole = /^(us-gov|cn)-/;

/** There an account may take 2,500 requests a second and 1,250 at once, until AWS raises it. */
const smallQuotas = new Set([
  ...["af-south-1", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5"],
  ...["ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2", "il-central-1"],
  ...["me-central-1", "mx-central-1"],
]);
const smallQuota = { throttleRate: 2500, throttleBurst: 1250 };

/** What of the settings a region does not have, each with its reason. */
export function missingIn(region: string, settings: Partial<Settings>): string[] {
  const problems = [];
  if (settings.monthlyBudgetUsd !== undefined && withoutBudgets.has(region)) {
    problems.push(
      `monthlyBudgetUsd: CloudFormation makes no budgets in ${region}; make one in the Billing console`,
    );
  }
  if (settings.console && withoutConsole.test(region)) {
    problems.push(
      `console: no CloudFront that it could use in ${region}; have the page on a server of your own (docs/deploy.md)`,
    );
  }
  if (settings.publishUrl && withoutFunctionUrls.has(region)) {
    problems.push(
      `publishUrl: Lambda has no function URLs in ${region}; publish by the API, or through a queue (docs/events-in.md)`,
    );
  }
  return problems;
}

/** Refuses what the stack's region does not have, where it is known before the deployment. */
export function assertRegion(scope: Construct, settings: Settings): void {
  const region = regionOf(scope);
  if (region === undefined) return;
  const problems = missingIn(region, settings);
  if (problems.length > 0) throw badSettings(scope.node.path, problems);
  if (smallQuotas.has(region)) warnOfThrottles(scope, settings, region);
}

function warnOfThrottles(scope: Construct, settings: Settings, region: string): void {
  for (const name of ["throttleRate", "throttleBurst"] as const) {
    if (settings[name] <= smallQuota[name]) continue;
    Annotations.of(scope).addWarningV2(
      `hookcast:${name}`,
      `${name} is ${settings[name]}, and an account in ${region} has ${smallQuota[name]} unless AWS has raised it`,
    );
  }
}

/** A stack without a region goes where the CDK command's credentials lead. */
function regionOf(scope: Construct): string | undefined {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) ? process.env.CDK_DEFAULT_REGION : region;
}
