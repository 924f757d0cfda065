import type { MessageMetadata } from "../../contract/jobs.ts";

/** Says on a delivery how often its message was forwarded, the delivery included. */
export const hopHeader = "webhook-hops";

/** What a delivery of the message says in that header. */
export function hopsAfter({ hops = 0 }: Pick<MessageMetadata, "hops">): string {
  return String(hops + 1);
}

/** The message, forwarded at least so often: sending it again never sets the count back. */
export function withHops(facts: MessageMetadata, hops: number): MessageMetadata {
  return hops > (facts.hops ?? 0) ? { ...facts, hops } : facts;
}

/** Whether a receiver may take a header of that name for the one above: many read `_` as `-`. */
export function posesAsHopHeader(name: string): boolean {
  return name.toLowerCase().replaceAll("_", "-") === hopHeader;
}
