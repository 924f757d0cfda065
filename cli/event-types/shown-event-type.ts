import type { Breaking, EventType, EventTypeSummary } from "../../shared/contract/event-type.ts";
import type { Facts } from "../output/facts.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";

export const typeColumns: readonly Column<EventTypeSummary>[] = [
  { title: "TYPE", cell: ({ topicName, event }) => `${topicName}/${event}`, cut: "middle" },
  { title: "GROUP", cell: ({ group }) => group, spare: 1 },
  { title: "STATUS", cell: ({ status }) => status, isWhole: true },
  { title: "VALIDATE", cell: ({ validate }) => validate, isWhole: true, spare: 3 },
  { title: "VERSION", cell: ({ schemaVersion }) => schemaVersion, isNumber: true, spare: 2 },
  { title: "DESCRIPTION", cell: ({ description }) => description, spare: 4 },
];

export function typeFacts(type: EventType): Facts {
  const { topicName, event, description, group, status, validate, audience } = type;
  const { schema, schemaVersion, versions, examples } = type;
  const kept = versions.map((version) => version.schemaVersion);
  return [
    ["type", `${topicName}/${event}`],
    ["description", description],
    ["group", group],
    ["status", status],
    ["validate", validate],
    ["audience", audience.join(", ") || "everybody"],
    ["schema", schema === null ? "none" : `version ${schemaVersion} of ${kept.join(", ")}`],
    ["examples", examples.length],
    ["changed", type.lastModifiedTime],
  ];
}

/** What a change may break, beside the result: a script sees it in the document. */
export function noteBreaking(breaking: readonly Breaking[], output: Output): void {
  for (const { path, affects, message } of breaking) {
    output.note(`May break ${affects}: ${path} ${message}`);
  }
}
