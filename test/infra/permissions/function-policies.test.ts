import { expect, test } from "vitest";
import * as z from "zod/mini";
import { routes } from "../../../shared/contract/routes.ts";
import { synthesize } from "../synthesize.ts";
import { functionPolicies, type Policy, placeNames } from "./function-policies.ts";
import { functionRoles, statementsByRole, withoutHash } from "./function-roles.ts";

const { template } = synthesize({ ingest: true, outbox: true, publishUrl: true });

const roles = functionRoles(template);

/** `ApiPutWebhook1A2B3C4D` → `putwebhook` */
function nameOf(functionId: string): string {
  return withoutHash(functionId)
    .replace(/^(Api|Workers)/, "")
    .toLowerCase();
}

/** The policy that the template gives a function, in the words of the table. */
function policyOf(functionName: string): Policy {
  const own = roles.find(({ functionId }) => nameOf(functionId) === functionName.toLowerCase());
  const granted = new Map<string, string[]>();
  for (const { Action, Resource, Condition } of own?.statements ?? []) {
    const actions = Action.map((action) => action.replace(/^\w+:/, ""));
    const partitions = partitionsIn(Condition);
    for (const place of Resource.map((resource) => placeOf(resource) + partitions)) {
      granted.set(place, [...(granted.get(place) ?? []), ...actions]);
    }
  }
  for (const log of logsBehind(own?.roleId)) granted.delete(log);
  return Object.fromEntries(
    [...granted].map(([place, actions]) => [place, actions.sort().join(" ")]),
  );
}

/** The logs of the functions that share a role. */
function logsBehind(roleId: string | undefined): string[] {
  return roles
    .filter((role) => role.roleId === roleId)
    .map(({ functionId }) => `${withoutHash(functionId)}Logs`);
}

const OneOrMany = z.union([z.string(), z.array(z.string())]);
const Partitions = z.object({
  "ForAllValues:StringLike": z.object({ "dynamodb:LeadingKeys": OneOrMany }),
  // A call that names no key meets the condition above.
  Null: z.object({ "dynamodb:LeadingKeys": z.literal("false") }),
});

/** `: use/*`, or nothing where a statement is not bound to partitions. */
function partitionsIn(condition: unknown): string {
  const { data } = z.safeParse(Partitions, condition);
  const partitions = data?.["ForAllValues:StringLike"]["dynamodb:LeadingKeys"];
  return partitions === undefined ? "" : `: ${[partitions].flat().join(" ")}`;
}

const LogicalId = z.object({
  "Fn::GetAtt": z.tuple([z.string(), z.enum(["Arn", "StreamArn"])]),
});
const Joined = z.object({ "Fn::Join": z.tuple([z.literal(""), z.tuple([LogicalId, z.string()])]) });

/** A resource by the name that the table has for it, else by the template's. */
function placeOf(resource: unknown): string {
  const joined = z.safeParse(Joined, resource).data?.["Fn::Join"][1];
  const [id, below] = joined ? [joined[0], `…${joined[1]}`] : [z.parse(LogicalId, resource), ""];
  const [logicalId, attribute] = id["Fn::GetAtt"];
  const stream = attribute === "StreamArn" ? "…/stream" : "";
  const name = logicalId.replace(/[0-9A-F]{8}$/, "") + below + stream;
  return Object.entries(placeNames).find(([, known]) => known === name)?.[0] ?? name;
}

test.each(Object.entries(functionPolicies))(
  "%s may do what is written down for it, and nothing else",
  (functionName, policy) => expect(policyOf(functionName)).toEqual(policy),
);

test("every function is written down", () => {
  const names = roles.map(({ functionId }) => nameOf(functionId)).sort();
  expect(
    Object.keys(functionPolicies)
      .map((name) => name.toLowerCase())
      .sort(),
  ).toEqual(names);
});

test("functions share a role exactly where they may do the same and no queue is tied to them", () => {
  const shared = Object.groupBy(roles, ({ roleId }) => roleId);
  const together = Object.values(shared).map((sharers = []) =>
    sharers.map(({ functionId }) => nameOf(functionId)).sort(),
  );
  const written = Object.groupBy(Object.entries(functionPolicies), ([name, policy]) =>
    JSON.stringify([Object.entries(policy).sort(), name in routes]),
  );
  const expected = Object.values(written).map((sharers = []) =>
    sharers.map(([name]) => name.toLowerCase()).sort(),
  );
  expect(together.sort()).toEqual(expected.sort());
  expect(together.some((sharers) => sharers.length > 1)).toBe(true);
});

test("every role is a function's", () => {
  const used = new Set(roles.map(({ roleId }) => roleId));
  expect([...statementsByRole(template).keys()].sort()).toEqual([...used].sort());
});

test("only the gateway and the schedule may call a function, and anybody the publish URL's by its address", () => {
  const callers = Object.values(template.findResources("AWS::Lambda::Permission")).map(
    ({ Properties }) => [Properties.Action, Properties.Principal, "SourceArn" in Properties],
  );
  const gateway = ["lambda:InvokeFunction", "apigateway.amazonaws.com", true];
  const schedule = ["lambda:InvokeFunction", "events.amazonaws.com", true];
  const anybody = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].map((action) => [
    ...[action, "*", false],
  ]);
  const strangers = callers.filter(
    (caller) => ![gateway, schedule, ...anybody].some((known) => String(known) === String(caller)),
  );
  expect(callers.length).toBeGreaterThan(roles.length / 2);
  expect(strangers).toEqual([]);
});

test("no policy of a resource lets anybody in from outside the account", () => {
  const queuePolicies = Object.values(template.findResources("AWS::SQS::QueuePolicy")).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
  expect(queuePolicies.map(({ Effect }) => Effect)).not.toContain("Allow");
  const [dataKey] = Object.values(template.findResources("AWS::KMS::Key"));
  const principals = dataKey?.Properties.KeyPolicy.Statement.map(
    (statement: { Principal: unknown }) => JSON.stringify(statement.Principal),
  );
  expect(principals).toEqual([expect.stringMatching(/AWS::AccountId"\},":root"/)]);
  for (const { Properties } of Object.values(template.findResources("AWS::DynamoDB::Table"))) {
    expect(Properties).not.toHaveProperty("ResourcePolicy");
  }
});
