import { expect, test } from "vitest";
import * as z from "zod/mini";
import { functionPolicies, type Policy, placeNames } from "./function-policies.ts";
import { synthesize } from "./synthesize.ts";

const { template } = synthesize();

const OneOrMany = z.union([z.string(), z.array(z.string())]);
const Statement = z.object({
  Effect: z.literal("Allow"),
  Action: OneOrMany,
  Resource: z.unknown(),
  Condition: z.optional(z.unknown()),
});
const statements = Object.values(template.findResources("AWS::IAM::Policy")).flatMap(
  ({ Properties }) =>
    z
      .array(Statement)
      .parse(Properties.PolicyDocument.Statement)
      .map((statement) => ({ ...statement, role: String(Properties.Roles[0].Ref) })),
);
const functions = Object.entries(template.findResources("AWS::Lambda::Function"));

/** `ApiPutWebhook1A2B3C4D` → `putwebhook` */
function nameOf(functionId: string): string {
  return functionId.replace(/^(Api|Workers)|[0-9A-F]{8}$/g, "").toLowerCase();
}

/** The policy that the template gives a function, in the words of the table. */
function policyOf(functionName: string): Policy {
  const found = functions.find(([id]) => nameOf(id) === functionName.toLowerCase());
  const role = found?.[1].Properties.Role["Fn::GetAtt"][0];
  const granted = new Map<string, string[]>();
  const own = statements.filter((statement) => statement.role === role);
  for (const { Action, Resource, Condition } of own) {
    const actions = [Action].flat().map((action) => action.replace(/^\w+:/, ""));
    const partitions = partitionsIn(Condition);
    for (const place of [Resource].flat().map((resource) => placeOf(resource) + partitions)) {
      granted.set(place, [...(granted.get(place) ?? []), ...actions]);
    }
  }
  granted.delete(`${found?.[0].replace(/[0-9A-F]{8}$/, "")}Logs`);
  return Object.fromEntries(
    [...granted].map(([place, actions]) => [place, actions.sort().join(" ")]),
  );
}

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

const LogicalId = z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) });
const Joined = z.object({ "Fn::Join": z.tuple([z.literal(""), z.tuple([LogicalId, z.string()])]) });

/** A resource by the name that the table has for it, else by the template's. */
function placeOf(resource: unknown): string {
  const joined = z.safeParse(Joined, resource).data?.["Fn::Join"][1];
  const [id, below] = joined ? [joined[0], `…${joined[1]}`] : [z.parse(LogicalId, resource), ""];
  const name = id["Fn::GetAtt"][0].replace(/[0-9A-F]{8}$/, "") + below;
  return Object.entries(placeNames).find(([, known]) => known === name)?.[0] ?? name;
}

test.each(Object.entries(functionPolicies))(
  "%s may do what is written down for it, and nothing else",
  (functionName, policy) => expect(policyOf(functionName)).toEqual(policy),
);

test("every function is written down", () => {
  const names = functions.map(([id]) => nameOf(id)).sort();
  expect(
    Object.keys(functionPolicies)
      .map((name) => name.toLowerCase())
      .sort(),
  ).toEqual(names);
});

test("every permission belongs to the role of one function", () => {
  const roles = functions.map(([, { Properties }]) => Properties.Role["Fn::GetAtt"][0]);
  expect(new Set(roles).size).toBe(roles.length);
  expect(roles).toEqual(expect.arrayContaining(statements.map(({ role }) => role)));
});

test("only the gateway and the schedule may call a function", () => {
  const callers = Object.values(template.findResources("AWS::Lambda::Permission")).map(
    ({ Properties }) => [Properties.Action, Properties.Principal, "SourceArn" in Properties],
  );
  const gateway = ["lambda:InvokeFunction", "apigateway.amazonaws.com", true];
  const schedule = ["lambda:InvokeFunction", "events.amazonaws.com", true];
  const strangers = callers.filter(
    (caller) => ![gateway, schedule].some((known) => String(known) === String(caller)),
  );
  expect(callers.length).toBeGreaterThan(functions.length / 2);
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
  template.resourceCountIs("AWS::Lambda::Url", 0);
});
