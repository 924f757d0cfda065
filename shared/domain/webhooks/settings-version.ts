import * as z from "zod/mini";
import { Format } from "../../contract/webhook.ts";
import type { WebhookRecord } from "./webhook-record.ts";

/**
 * What shapes a webhook's requests, as one version of it had it. Attempts name the version alone, so that the row of a
 * delivery stays small however long the URL is.
 */
export const SettingsVersion = z.object({
  v: z.literal(1),
  version: z.int(),
  url: z.string(),
  format: Format,
  /** Of the custom headers; not known where an earlier version of the service sealed them. */
  headerNames: z.optional(z.array(z.string())),
  /** When they were set; epoch milliseconds. */
  sinceMs: z.int(),
});
export type SettingsVersion = z.infer<typeof SettingsVersion>;

export function settingsVersionOf(webhook: WebhookRecord): SettingsVersion {
  const { version, url, format, sealedHeaders, lastModifiedTimeMs } = webhook;
  const headerNames = webhook.headerNames ?? (sealedHeaders === undefined ? [] : undefined);
  return {
    ...{ v: 1, version, url, format, sinceMs: lastModifiedTimeMs },
    ...(headerNames && { headerNames }),
  };
}
