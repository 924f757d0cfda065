import { accountId } from "./arn.ts";
import { AwsError } from "./aws-error.ts";
import type { Context } from "./condition.ts";

/** One right that a call needs. */
export interface Permission {
  /** Such as `dynamodb:PutItem`. */
  action: string;
  /** The ARN that the action touches. */
  resource: string;
  /** What conditions of a policy may ask about the call. */
  context?: Context;
}

/** Says whether a principal has a right; a service asks once for each right that a call needs. */
export type Authorize = (request: Permission & { accessKeyId: string }) => boolean;

/** Refuses the whole call at the first right that is missing, in AWS's words. */
export function assertAllowed(
  authorize: Authorize,
  accessKeyId: string,
  permissions: Permission[],
  status: number,
): void {
  for (const permission of permissions) {
    if (authorize({ accessKeyId, ...permission })) continue;
    const { action, resource } = permission;
    const principal = `arn:aws:sts::${accountId}:assumed-role/${accessKeyId}/${accessKeyId}`;
    throw new AwsError(
      "AccessDeniedException",
      `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ` +
        `because no identity-based policy allows the ${action} action`,
      { status, queryCode: "AccessDenied" },
    );
  }
}
