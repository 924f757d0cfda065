import { expect, test } from "vitest";
import { findingsIn } from "./findings.ts";
import { otherSettings } from "./settings/other-settings.ts";
import { synthesize } from "./synthesize.ts";

const usual = synthesize();

test("no rule of AWS Solutions finds anything that is not argued for beside its construct", () => {
  expect(findingsIn(usual.stack)).toEqual([]);
});

test.each(Object.entries(otherSettings))(
  "%s changes the stack, and gives the rules nothing to find",
  (_name, settings) => {
    const { stack, template } = synthesize(settings);
    expect(template.toJSON()).not.toEqual(usual.template.toJSON());
    expect(findingsIn(stack)).toEqual([]);
  },
);

test("CloudFormation's own rules accept the template, also with every setting at once", () => {
  // A network is made or given, not both; and a dashboard shows metrics, or is none.
  const { stackName: _stackName, vpc: _vpc, metrics: _metrics, ...others } = otherSettings;
  const all = Object.assign({}, ...Object.values(others));
  const validated = { builtinCloudFormationValidation: true };
  expect(() => synthesize({}, validated)).not.toThrow();
  expect(() => synthesize(all, validated)).not.toThrow();
}, 300_000);
