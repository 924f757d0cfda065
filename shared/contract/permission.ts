/** What a key may be allowed to do. */
export const permissions = ["read", "manage", "publish", "resend", "secret"] as const;
export type Permission = (typeof permissions)[number];

/** What a portal session may be allowed to do: a customer never publishes. */
export const portalPermissions = ["read", "manage", "resend", "secret"] as const;

/** Who may manage a webhook may also send its deliveries again and see what is secret about it. */
const impliedByManage: readonly Permission[] = ["resend", "secret"];

/** Whether a key with these permissions may do what needs that one. */
export function allows(held: readonly string[], needed: Permission): boolean {
  return held.includes(needed) || (isImplied(needed) && held.includes("manage"));
}

/** Whether `manage` includes this permission. */
export function isImplied(permission: Permission): boolean {
  return impliedByManage.includes(permission);
}

/** What needs one of these changes something, sends something again or shows a secret: each call is logged. */
const audited: readonly (Permission | "session" | null)[] = ["manage", "resend", "secret"];

export function isAudited(permission: Permission | "session" | null): boolean {
  return audited.includes(permission);
}
