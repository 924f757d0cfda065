import { expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";

/** Every name that a resource chooses itself, as `type property name`. */
function chosenNames(stackName: string): string[] {
  const { Resources } = synthesize({ stackName }).template.toJSON();
  return Object.values<Resource>(Resources).flatMap(({ Type, Properties = {} }) =>
    Object.entries(Properties)
      .filter(([property]) => /Name$/.test(property))
      .map(([property, value]) => `${Type} ${property} ${JSON.stringify(value)}`),
  );
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** Names that mean something only within a resource that each stack has of its own, or that name no resource. */
const namesNothingShared = [
  /^AWS::IAM::Policy PolicyName/,
  /^AWS::ApiGatewayV2::Authorizer Name/,
  /^AWS::ApiGatewayV2::Stage StageName/,
  /^AWS::CloudWatch::Alarm MetricName/,
  / \{"(Ref|Fn::GetAtt)":/,
];

test("two stacks live beside each other in one account: no name is taken twice", () => {
  const first = chosenNames("Hookcast");
  const second = new Set(chosenNames("Hookcast-2"));
  expect(first.length).toBeGreaterThan(0);
  const taken = first.filter(
    (name) => second.has(name) && !namesNothingShared.some((pattern) => pattern.test(name)),
  );
  expect(taken).toEqual([]);
});

test("two stacks count their metrics apart", () => {
  const stacks = ["Hookcast", "Hookcast-2"].map((stackName) => {
    const functions = synthesize({ stackName }).template.findResources("AWS::Lambda::Function");
    const names = Object.values(functions).flatMap(
      ({ Properties }) => Properties.Environment?.Variables.METRICS_STACK ?? [],
    );
    return [...new Set(names)];
  });
  expect(stacks).toEqual([["Hookcast"], ["Hookcast-2"]]);
});
