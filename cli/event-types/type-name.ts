import type { EventCode } from "../../shared/contract/values/event.ts";
import { event } from "../option-values.ts";
import { partsOf } from "../webhook-name.ts";

interface TypeName {
  readonly topicName: string;
  readonly event: EventCode;
}

export const typeArgument = ["<topic/event>", "the event type as <topic>/<event>"] as const;

export function typeNamed(text: string): TypeName {
  const [topicName, code] = partsOf(text, "<topic>/<event>");
  return { topicName, event: event(code) };
}
