import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";

test("no rule of AWS Solutions finds anything that is not argued for beside its construct", () => {
  const { stack } = synthesize();
  const report = new AwsSolutionsChecks().validateScope(stack);
  const findings = report.violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map((resource) => `${ruleName} ${resource.resourceLogicalId}`),
  );
  expect(findings).toEqual([]);
});

test("CloudFormation's own rules accept the template", () => {
  expect(() => synthesize({}, { builtinCloudFormationValidation: true })).not.toThrow();
});
