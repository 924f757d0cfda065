import type { EventType } from "../../state/event-types/catalogue.ts";

/** What is usual needs no colour. */
export function StatusBadge({ status }: { status: EventType["status"] }) {
  if (status === "active") return <span>{status}</span>;
  return <span class={`badge ${status === "deprecated" ? "warn" : "plain"}`}>{status}</span>;
}
