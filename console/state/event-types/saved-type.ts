import { signal } from "@preact/signals";
import type { ResponseOf } from "../../../client/operations.ts";

type Put = ResponseOf<"putEventType">;
export type Breaking = Put["breaking"][number];

export interface SavedType {
  readonly topicName: string;
  readonly event: string;
  readonly schemaVersion: number;
  readonly savedTime: string;
  readonly breaking: readonly Breaking[];
}

/** What was saved last in this tab, for the page that is shown then. */
export const savedType = signal<SavedType | undefined>(undefined);

/** Keeps what a put has answered. */
export function keepSaved({ eventType, breaking }: Put): void {
  const { topicName, event, schemaVersion, lastModifiedTime } = eventType;
  const name = { topicName, event: String(event) };
  savedType.value = { ...name, schemaVersion, savedTime: lastModifiedTime, breaking };
}
