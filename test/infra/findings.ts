import type { Stack } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";

/** What the rules of AWS Solutions find that is not argued for beside its construct. */
export function findingsIn(stack: Stack): string[] {
  return new AwsSolutionsChecks()
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map((resource) => `${ruleName} ${resource.resourceLogicalId}`),
    );
}
