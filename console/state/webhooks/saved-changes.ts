import { signal } from "@preact/signals";
import type { SettingChange } from "./setting-changes.ts";

interface SavedChanges {
  readonly webhookId: string;
  readonly changes: readonly SettingChange[];
  readonly savedTime: string;
}

/** What was saved last in this tab, for the page that is shown then. */
export const savedChanges = signal<SavedChanges | undefined>(undefined);
