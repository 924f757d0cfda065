import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { kms } from "../../aws/clients.ts";
import { type CustomHeaders, StoredHeaders } from "../../contract/values/custom-headers.ts";
import {
  open,
  type Purpose,
  Secret,
  seal,
  sealedFor,
  sealedKeyNumber,
} from "../../domain/webhooks/sealed.ts";
import type { WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { openTable, type Table } from "../table/table.ts";

export interface Vault {
  sealSecret(webhookId: string, secret: string): Promise<string>;
  /** The values are sealed, the names stay readable: the log of deliveries tells them. */
  sealHeaders(webhookId: string, headers: CustomHeaders): Promise<SealedHeaders>;
  secretOf(webhook: WebhookRecord): Promise<Secret>;
  previousSecretOf(webhook: WebhookRecord): Promise<Secret | undefined>;
  headersOf(webhook: WebhookRecord): Promise<CustomHeaders>;
  /** Anything else, of a webhook by its id or of a cache by its name. */
  sealText(owner: string, purpose: Purpose, text: string): Promise<string>;
  openText(owner: string, purpose: Purpose, sealed: string): Promise<Secret>;
}

export interface SealedHeaders {
  readonly sealedHeaders: string | undefined;
  readonly headerNames: string[];
}

/** Seals and opens what must not lie in the clear. A text sealed for one webhook opens for no other. */
export function openVault(): Vault {
  return {
    sealSecret: (webhookId, secret) => sealed(webhookId, "secret", secret),
    async sealHeaders(webhookId, headers) {
      const headerNames = Object.keys(headers);
      if (headerNames.length === 0) return { sealedHeaders: undefined, headerNames };
      const sealedHeaders = await sealed(webhookId, "headers", JSON.stringify(headers));
      return { sealedHeaders, headerNames };
    },
    secretOf: ({ webhookId, sealedSecret }) => openedSecret(webhookId, sealedSecret),
    async previousSecretOf({ webhookId, sealedPreviousSecret }) {
      return sealedPreviousSecret ? openedSecret(webhookId, sealedPreviousSecret) : undefined;
    },
    async headersOf({ webhookId, sealedHeaders }) {
      if (sealedHeaders === undefined) return {};
      return z.parse(StoredHeaders, JSON.parse(await opened(webhookId, "headers", sealedHeaders)));
    },
    sealText: sealed,
    openText: async (owner, purpose, text) => new Secret(await opened(owner, purpose, text)),
  };
}

/** The webhook with the names of its headers, which an earlier version of the service did not write. */
export async function withHeaderNames(
  webhook: WebhookRecord,
  vault: Pick<Vault, "headersOf">,
): Promise<WebhookRecord> {
  if (webhook.headerNames) return webhook;
  return { ...webhook, headerNames: Object.keys(await vault.headersOf(webhook)) };
}

async function sealed(owner: string, purpose: Purpose, plaintext: string): Promise<string> {
  return seal({
    ...(await sealingKey()),
    associatedData: sealedFor(owner, purpose),
    plaintext,
    iv: randomBytes(12),
  });
}

async function openedSecret(webhookId: string, text: string): Promise<Secret> {
  return new Secret(await opened(webhookId, "secret", text));
}

async function opened(owner: string, purpose: Purpose, text: string): Promise<string> {
  const key = await dataKey(sealedKeyNumber(text));
  return open({ key, associatedData: sealedFor(owner, purpose), sealed: text });
}

/** For so long at most an environment seals under a key that is no longer the current one. */
export const currentNumberMaxAgeMs = 60_000;

/** The number of the key that seals until somebody rotates it for the first time. */
export const firstKeyNumber = 1;

const WrappedKey = z.object({ wrapped: z.string() });
export const CurrentKey = z.object({
  keyNumber: z.int(),
  /** While a rotation to this key is under way: when it began. */
  startedTimeMs: z.optional(z.int()),
});

export interface NumberedKey {
  readonly keyNumber: number;
  readonly key: Buffer;
}

const unwrapped = new Map<number, Promise<Buffer>>();

/**
 * The data key of that number, unwrapped by KMS once an environment: a Decrypt per delivery would cost
 * more than the rest of it. The wrapped keys lie in the webhooks table.
 */
export function dataKey(keyNumber: number): Promise<Buffer> {
  return once(keyNumber, async () => {
    const row = await webhooksTable().get(keys.dataKey(keyNumber));
    if (!row) throw new Error(`data key ${keyNumber} does not exist`);
    return unwrapKey(z.parse(WrappedKey, row).wrapped);
  });
}

/** The data key that seals now, and its number. Costs a read a minute in an environment that seals. */
async function sealingKey(): Promise<NumberedKey> {
  const current = await currentNumber();
  if (current !== undefined) return { keyNumber: current, key: await dataKey(current) };
  return { keyNumber: firstKeyNumber, key: await once(firstKeyNumber, firstKey) };
}

function once(keyNumber: number, load: () => Promise<Buffer>): Promise<Buffer> {
  const known = unwrapped.get(keyNumber);
  if (known) return known;
  const opened = load();
  unwrapped.set(keyNumber, opened);
  opened.catch(() => unwrapped.delete(keyNumber));
  return opened;
}

let lastRead: { readonly timeMs: number; readonly number: Promise<number | undefined> } | undefined;

/** Undefined while no key has ever been rotated. Its age counts from before the read: a slow one is older. */
function currentNumber(): Promise<number | undefined> {
  const timeMs = Date.now();
  const ageMs = lastRead ? timeMs - lastRead.timeMs : -1;
  // A clock that was set back would make an old number young.
  if (lastRead && ageMs >= 0 && ageMs < currentNumberMaxAgeMs) return lastRead.number;
  const read = { timeMs, number: readCurrentNumber() };
  lastRead = read;
  read.number.catch(() => {
    if (lastRead === read) lastRead = undefined;
  });
  return read.number;
}

async function readCurrentNumber(): Promise<number | undefined> {
  const row = await webhooksTable().get(keys.currentDataKey);
  return row && z.parse(CurrentKey, row).keyNumber;
}

/** Made by whoever seals first; of two that do so at once, both take the one that was stored. */
async function firstKey(): Promise<Buffer> {
  const table = webhooksTable();
  const row = await table.get(keys.dataKey(firstKeyNumber));
  if (row) return unwrapKey(z.parse(WrappedKey, row).wrapped);
  const { key, wrapped } = await generateKey();
  const made = { ...keys.dataKey(firstKeyNumber), v: 1, wrapped };
  const stored = await table.put(made, { text: "attribute_not_exists(pk)" });
  return stored ? unwrapKey(z.parse(WrappedKey, stored).wrapped) : key;
}

function webhooksTable(): Table {
  return openTable(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
}

const EncryptionContext = { purpose: "hookcast" };

/** A new data key, and the form of it that may be stored: only KMS can unwrap that. */
export async function generateKey(): Promise<{ key: Buffer; wrapped: string }> {
  const made = await kms.call("GenerateDataKey", {
    KeyId: keyId(),
    KeySpec: "AES_256",
    EncryptionContext,
  });
  if (!made.Plaintext || !made.CiphertextBlob) throw new Error("KMS answered without a data key");
  const wrapped = Buffer.from(made.CiphertextBlob).toString("base64");
  return { key: Buffer.from(made.Plaintext), wrapped };
}

async function unwrapKey(wrapped: string): Promise<Buffer> {
  const CiphertextBlob = Buffer.from(wrapped, "base64");
  const { Plaintext } = await kms.call("Decrypt", {
    KeyId: keyId(),
    CiphertextBlob,
    EncryptionContext,
  });
  if (!Plaintext) throw new Error("KMS answered without a plaintext");
  return Buffer.from(Plaintext);
}

function keyId(): string {
  return readEnv("DATA_KEY_ID").DATA_KEY_ID;
}
