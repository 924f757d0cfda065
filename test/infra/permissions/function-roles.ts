import type { Template } from "aws-cdk-lib/assertions";
import * as z from "zod/mini";

const OneOrMany = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => [value].flat()),
);
const Statement = z.strictObject({
  Effect: z.enum(["Allow", "Deny"]),
  Action: OneOrMany,
  Resource: z.pipe(
    z.unknown(),
    z.transform((value) => [value].flat()),
  ),
  Condition: z.optional(z.unknown()),
});
export type Statement = z.infer<typeof Statement>;

const Document = z.object({ Statement: z.array(Statement) });
const Role = z.object({
  Policies: z._default(z.array(z.object({ PolicyDocument: Document })), []),
});
const Policy = z.object({
  PolicyDocument: Document,
  Roles: z.array(z.object({ Ref: z.string() })),
});

export interface FunctionRole {
  /** As the template names the function, such as `ApiPublish1A2B3C4D`. */
  readonly functionId: string;
  readonly roleId: string;
  /** All that the role permits, whether it stands in the role or in a policy that is attached to it. */
  readonly statements: readonly Statement[];
}

/** Every function of a template, with its role. */
export function functionRoles(template: Template): FunctionRole[] {
  const statements = statementsByRole(template);
  return Object.entries(template.findResources("AWS::Lambda::Function")).map(
    ([functionId, { Properties }]) => {
      const roleId: string = Properties.Role["Fn::GetAtt"][0];
      return { functionId, roleId, statements: statements.get(roleId) ?? [] };
    },
  );
}

/** What each role of a template permits. */
export function statementsByRole(template: Template): Map<string, Statement[]> {
  const found = new Map<string, Statement[]>();
  for (const [id, { Properties }] of Object.entries(template.findResources("AWS::IAM::Role"))) {
    const { Policies } = z.parse(Role, Properties);
    found.set(
      id,
      Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    );
  }
  for (const { Properties } of Object.values(template.findResources("AWS::IAM::Policy"))) {
    const { Roles, PolicyDocument } = z.parse(Policy, Properties);
    for (const { Ref } of Roles) {
      found.set(Ref, [...(found.get(Ref) ?? []), ...PolicyDocument.Statement]);
    }
  }
  return found;
}

/** `ApiPublish1A2B3C4D` → `ApiPublish` */
export function withoutHash(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, "");
}
