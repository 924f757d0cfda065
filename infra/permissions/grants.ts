import type { FunctionName } from "../functions.ts";
import type { Connections } from "./connections.ts";
import type { Link } from "./links.ts";
import { operationGrants } from "./operation-grants.ts";
import { webhookGrants } from "./webhook-grants.ts";
import { workerGrants } from "./worker-grants.ts";

/** Who may do what. A function that is missing here does not compile. */
export function grants(to: Connections): Record<FunctionName, Link[]> {
  const groups = operationGrants(to);
  const { deliveries, stats, messages, portal, "event-types": eventTypes, service } = groups;
  return {
    ...webhookGrants(to),
    ...deliveries,
    ...stats,
    ...messages,
    ...portal,
    ...eventTypes,
    ...service,
    ...workerGrants(to),
  };
}
