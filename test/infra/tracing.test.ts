import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { synthesize } from "./synthesize.ts";

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

/** The roles that may send to X-Ray, each with what it may do there. */
function xrayGrants(template: Template): [string, unknown, unknown][] {
  return Object.values(template.findResources("AWS::IAM::Policy")).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter((statement: { Action: unknown }) =>
      JSON.stringify(statement.Action).includes("xray:"),
    ).map((statement: { Action: unknown; Resource: unknown }) => [
      Properties.Roles[0].Ref.replace(/Role[0-9A-F]{8}$/, ""),
      statement.Action,
      statement.Resource,
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
  const grants = xrayGrants(traced.template).map(([role, action, resource]) => [
    role,
    [action].flat().sort(),
    resource,
  ]);
  expect(grants.sort()).toEqual(onTheWay.map((role) => [role, actions, "*"]));
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
