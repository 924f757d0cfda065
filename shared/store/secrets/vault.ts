import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { type CustomHeaders, StoredHeaders } from "../../contract/values/custom-headers.ts";
import { open, seal, sealedKeyNumber } from "../../domain/webhooks/cipher.ts";
import { type Purpose, sealedFor } from "../../domain/webhooks/sealed-fields.ts";
import { Secret } from "../../domain/webhooks/secret-text.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { dataKey, sealingKey } from "./data-keys.ts";

export interface Vault {
  sealSecret(webhookId: string, secret: string): Promise<string>;
  sealHeaders(webhookId: string, headers: CustomHeaders): Promise<string | undefined>;
  secretOf(webhook: WebhookRecord): Promise<Secret>;
  previousSecretOf(webhook: WebhookRecord): Promise<Secret | undefined>;
  headersOf(webhook: WebhookRecord): Promise<CustomHeaders>;
}

/** Seals and opens what must not lie in the clear. A text sealed for one webhook opens for no other. */
export function openVault(): Vault {
  return {
    sealSecret: (webhookId, secret) => sealed(webhookId, "secret", secret),
    async sealHeaders(webhookId, headers) {
      if (Object.keys(headers).length === 0) return undefined;
      return sealed(webhookId, "headers", JSON.stringify(headers));
    },
    secretOf: ({ webhookId, sealedSecret }) => openedSecret(webhookId, sealedSecret),
    async previousSecretOf({ webhookId, sealedPreviousSecret }) {
      return sealedPreviousSecret ? openedSecret(webhookId, sealedPreviousSecret) : undefined;
    },
    async headersOf({ webhookId, sealedHeaders }) {
      if (sealedHeaders === undefined) return {};
      return z.parse(StoredHeaders, JSON.parse(await opened(webhookId, "headers", sealedHeaders)));
    },
  };
}

async function sealed(webhookId: string, purpose: Purpose, plaintext: string): Promise<string> {
  return seal({
    ...(await sealingKey()),
    associatedData: sealedFor(webhookId, purpose),
    plaintext,
    iv: randomBytes(12),
  });
}

async function openedSecret(webhookId: string, text: string): Promise<Secret> {
  return new Secret(await opened(webhookId, "secret", text));
}

async function opened(webhookId: string, purpose: Purpose, text: string): Promise<string> {
  const key = await dataKey(sealedKeyNumber(text));
  return open({ key, associatedData: sealedFor(webhookId, purpose), sealed: text });
}
