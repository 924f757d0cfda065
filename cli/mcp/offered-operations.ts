import type { Route } from "../../shared/contract/route.ts";
import { type OperationId, routes } from "../../shared/contract/routes.ts";

/** Whatever an agent reads may end in a log of somebody else's, so no tool hands out a secret or a session. */
const withheld: ReadonlySet<string> = new Set<string>([
  "createPortalSession",
  // One message at a time is enough, and the document is as long as all others together.
  "publishBatch",
  "getOpenApi",
]);

/** What is offered: operations that read, and with changes allowed all but those that are about secrets. */
export function offeredOperations(allowChanges: boolean): OperationId[] {
  return Object.values<Route>(routes)
    .filter(({ id, permission }) => permission !== "secret" && !withheld.has(id))
    .filter((route) => allowChanges || onlyReads(route))
    .map(({ id }) => id as OperationId); // it stands under its own id
}

export function onlyReads({ permission }: Route): boolean {
  return permission === "read" || permission === null;
}

/** `listWebhooks` → `list_webhooks` */
export function toolName(id: string): string {
  return id.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
