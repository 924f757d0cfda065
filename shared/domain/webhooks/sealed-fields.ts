import type { WebhookRecord } from "./webhook-record.ts";

export type SealedField = Extract<keyof WebhookRecord, `sealed${string}`>;

export type Purpose = "secret" | "headers";

/** What a webhook's row holds under the data key. Whatever else begins like this does not compile. */
export const sealedFields = {
  sealedSecret: "secret",
  sealedPreviousSecret: "secret",
  sealedHeaders: "headers",
} as const satisfies Record<SealedField, Purpose>;

// `Object.keys` forgets which keys a constant has.
export const sealedFieldNames = Object.keys(sealedFields) as SealedField[];

/** What is authenticated with a sealed text: it opens for no other webhook and no other purpose. */
export function sealedFor(webhookId: string, purpose: Purpose): string {
  return `${webhookId}/${purpose}`;
}
