import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { functionRoles, withoutHash } from "../permissions/function-roles.ts";
import { synthesize } from "../synthesize.ts";

const traced = synthesize({ tracing: true });
const usual = synthesize();

/** The functions on the way from a publish to its receivers. */
const onTheWay = ["ApiPublish", "ApiPublishBatch", "WorkersDeliver", "WorkersFanOut"];

type Template = typeof usual.template;

function functionsWhere(template: Template, holds: (properties: Properties) => boolean): string[] {
  return Object.entries(template.findResources("AWS::Lambda::Function"))
    .filter(([, { Properties }]) => holds(Properties))
    .map(([id]) => id.slice(0, -8))
    .sort();
}

interface Properties {
  readonly TracingConfig?: unknown;
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
}

/** The functions that may send to X-Ray, each with what it may do there. */
function xrayGrants(template: Template): [string, string[], unknown[]][] {
  return functionRoles(template).flatMap(({ functionId, statements }) =>
    statements
      .filter(({ Action }) => Action.some((action) => action.startsWith("xray:")))
      .map(({ Action, Resource }): [string, string[], unknown[]] => [
        withoutHash(functionId),
        Action,
        Resource,
      ]),
  );
}

test("X-Ray records the functions on the way, and no others, where tracing is on", () => {
  const isActive = ({ TracingConfig }: Properties) =>
    JSON.stringify(TracingConfig) === '{"Mode":"Active"}';
  expect(functionsWhere(traced.template, isActive)).toEqual(onTheWay);
  expect(
    functionsWhere(usual.template, ({ TracingConfig }) => TracingConfig !== undefined),
  ).toEqual([]);
});

test("only they may send to X-Ray, and may do nothing else there", () => {
  const actions = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"];
  const grants = xrayGrants(traced.template).map(([name, action, resource]) => [
    name,
    action.toSorted(),
    resource,
  ]);
  expect(grants.sort()).toEqual(onTheWay.map((name) => [name, actions, ["*"]]));
  expect(xrayGrants(usual.template)).toEqual([]);
});

test("the same functions are told whether tracing is on", () => {
  const isTold = (value: string) => (properties: Properties) =>
    properties.Environment?.Variables.TRACING === value;
  expect(functionsWhere(traced.template, isTold("true"))).toEqual(onTheWay);
  expect(functionsWhere(usual.template, isTold("false"))).toEqual(onTheWay);
});

test("no rule of AWS Solutions finds anything more", () => {
  const report = new AwsSolutionsChecks().validateScope(traced.stack);
  const findings = report.violations.map(({ ruleName }) => ruleName);
  expect(findings).toEqual([]);
});
