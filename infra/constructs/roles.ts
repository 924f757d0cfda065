import { PolicyDocument, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { type Grant, type Link, statementOf } from "../permissions/links.ts";

interface Needs {
  readonly links: readonly Link[];
  readonly logGroup: LogGroup;
}

/** Gives a function the role that fits what it may do. */
export type RoleFor = (scope: Construct, id: string, needs: Needs) => Role;

/** A role for each function: for those that are given more than their links have. */
export const ownRole: RoleFor = (scope, id, { links, logGroup }) => {
  const role = newRole(scope, id);
  logGroup.grantWrite(role);
  for (const grant of grantsOf(links)) role.addToPolicy(statementOf(grant));
  return role;
};

/**
 * One role for each set of grants: a stack holds 500 resources, and functions that may do the same gain nothing
 * from being kept apart, but that each could write to the others' logs. The grants stand in the role itself,
 * which is a resource less. An update is safe: a function gets its new role before its old one is deleted, and the
 * grants are in the role before the policy that was attached to it goes.
 */
export function sharedRoles(): RoleFor {
  const made = new Map<string, { role: Role; document: PolicyDocument }>();
  return (scope, id, { links, logGroup }) => {
    const grants = grantsOf(links);
    const key = JSON.stringify(grants.map((grant) => JSON.stringify(grant)).sort());
    const { role, document } = made.get(key) ?? roleWith(scope, id, grants);
    made.set(key, { role, document });
    const actions = ["logs:CreateLogStream", "logs:PutLogEvents"];
    document.addStatements(statementOf({ actions, resource: logGroup.logGroupArn }));
    return role;
  };
}

/** It has the name of the first function that it is made for, which so keeps its role when others come. */
function roleWith(scope: Construct, id: string, grants: readonly Grant[]) {
  const document = new PolicyDocument({ statements: grants.map(statementOf), minimize: true });
  return { document, role: newRole(scope, id, { grants: document }) };
}

/** The role that Lambda would make may write to every log group of the account. */
function newRole(
  scope: Construct,
  id: string,
  inlinePolicies: Record<string, PolicyDocument> = {},
): Role {
  return new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies,
  });
}

function grantsOf(links: readonly Link[]): Grant[] {
  return links.flatMap(({ grants = [] }) => grants);
}
