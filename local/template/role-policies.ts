import * as z from "zod/mini";
import { accountId } from "../aws/arn.ts";
import type { Condition } from "../aws/condition.ts";
import type { Statement } from "../aws/policy.ts";
import { ofType, parseProperties, type Resource } from "./resources.ts";

const oneOrMore = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => [value].flat()),
);

// Other operators, `…IfExists` and policy variables are refused like NotAction below.
const Operator = z
  .string()
  .check(z.regex(/^((ForAllValues|ForAnyValue):)?(StringEquals|StringLike)$|^Null$/));
const conditionValues = oneOrMore.check(
  z.refine((values) => values.every((value) => !value.includes("${")), "no policy variables"),
);

// NotAction, NotResource and the like are refused: a policy read by half would allow too much.
const PolicyDocument = z.object({
  Version: z.optional(z.string()),
  Statement: z.array(
    z.strictObject({
      Sid: z.optional(z.string()),
      Effect: z.enum(["Allow", "Deny"]),
      Action: oneOrMore,
      Resource: oneOrMore,
      Condition: z._default(z.record(Operator, z.record(z.string(), conditionValues)), {}),
    }),
  ),
});

const Inline = z.object({
  Policies: z._default(z.array(z.object({ PolicyDocument })), []),
});

const Attached = z.object({ PolicyDocument, Roles: z._default(z.array(z.string()), []) });

/** What each role may do, by its ARN. Managed policies of AWS are left out: they only grant logging. */
export function readRolePolicies(resources: Resource[]): Map<string, Statement[]> {
  const policies = new Map<string, Statement[]>();
  const grant = (roleName: string, document: z.infer<typeof PolicyDocument>) => {
    const arn = `arn:aws:iam::${accountId}:role/${roleName}`;
    policies.set(arn, [...(policies.get(arn) ?? []), ...statementsOf(document)]);
  };
  for (const role of ofType(resources, "AWS::IAM::Role")) {
    const { Policies } = parseProperties(Inline, role);
    for (const policy of Policies) grant(role.name, policy.PolicyDocument);
  }
  for (const type of ["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"]) {
    for (const resource of ofType(resources, type)) {
      const policy = parseProperties(Attached, resource);
      for (const roleName of policy.Roles) grant(roleName, policy.PolicyDocument);
    }
  }
  return policies;
}

function statementsOf(document: z.infer<typeof PolicyDocument>): Statement[] {
  return document.Statement.map(({ Effect, Action, Resource, Condition }) => ({
    effect: Effect,
    actions: Action,
    resources: Resource,
    ...(Object.keys(Condition).length > 0 && { conditions: conditionsOf(Condition) }),
  }));
}

function conditionsOf(block: Record<string, Record<string, string[]>>): Condition[] {
  return Object.entries(block).flatMap(([name, keys]) => {
    const [operator, quantifier] = name.split(":").reverse();
    return Object.entries(keys).map(
      // The pattern of operators lets nothing else through.
      ([key, values]) => ({ quantifier, operator, key, values }) as Condition,
    );
  });
}
