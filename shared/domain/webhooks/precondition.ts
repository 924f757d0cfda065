import { AppError } from "../app-error.ts";
import { entityTag } from "./present-webhook.ts";
import type { WebhookRecord } from "./webhook-record.ts";

/** `If-Match` (RFC 9110, section 13.1.1): the change is wanted only of a version that is named. */
export function assertMatch(ifMatch: string | undefined, current: WebhookRecord | undefined): void {
  if (ifMatch === undefined) return;
  if (current && (ifMatch === "*" || tagsIn(ifMatch).some(isVersionOf(current)))) return;
  const message = "the webhook is not in the version that If-Match names; read it again";
  throw new AppError("FAILED_PRECONDITION_ERROR", message, { status: 412 });
}

/** A cache that was suspended or resumed meanwhile is no other version of its webhooks. */
function isVersionOf(current: WebhookRecord) {
  return (tag: string) => tag === entityTag(current) || tag === entityTag(current, true);
}

/** `If-None-Match` on a GET (RFC 9110, section 13.1.2): weak and strong tags compare alike. */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = tagsIn(ifNoneMatch).map((tag) => tag.replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}

function tagsIn(header: string): string[] {
  return header.split(",").map((tag) => tag.trim());
}
