import type { KeyObject } from "node:crypto";
import * as z from "zod/mini";
import {
  isPreviousInForce,
  SigningKeysRecord,
  signingKey,
} from "../../domain/webhooks/signing-keys.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import type { Row } from "../table/rows.ts";
import type { Vault } from "./vault.ts";

/**
 * The private keys of caches, in memory. A batch asks for those that grow old together with what it reads anyway, so
 * that a delivery costs no call but the first of its cache in an environment.
 */
export interface SigningKeyRing {
  /** Those of the caches whose keys are in use here and must be asked for again. */
  ageing(cacheNames: readonly string[], nowMs: number): string[];
  /** What the table has of caches that were asked for. */
  learn(cacheNames: readonly string[], rows: readonly Row[], nowMs: number): void;
  /** What signs a delivery now: the current key first, and the previous one while its grace lasts. */
  keysOf(cacheName: string, nowMs: number): Promise<KeyObject[]>;
}

/** A batch renews what is older; an attempt reads by itself what nobody renewed. A rotation holds after the latter. */
const renewedAfterMs = 30_000;
const believedMs = 60_000;
/** Caches that one environment remembers. */
const maxRemembered = 1_000;

interface Known {
  readonly record: SigningKeysRecord | undefined;
  readonly readMs: number;
  /** Opened once for each text: to open one again costs more than to sign. */
  readonly opened: Map<string, Promise<KeyObject>>;
}

export function openSigningKeyRing(
  vault: Pick<Vault, "openText">,
  database: Database = dynamoDatabase,
): SigningKeyRing {
  const known = new Map<string, Known>();
  const reading = new Map<string, Promise<Known>>();

  const remember = (cacheName: string, record: SigningKeysRecord | undefined, readMs: number) => {
    const opened = known.get(cacheName)?.opened ?? new Map<string, Promise<KeyObject>>();
    const inUse = [record?.sealedPrivateKey, record?.sealedPreviousPrivateKey];
    for (const sealed of opened.keys()) if (!inUse.includes(sealed)) opened.delete(sealed);
    known.delete(cacheName);
    const entry = { record, readMs, opened };
    known.set(cacheName, entry);
    if (known.size > maxRemembered) known.delete(known.keys().next().value ?? cacheName);
    return entry;
  };

  const readOnce = async (cacheName: string, nowMs: number) => {
    const table = database.open(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
    const row = await table.get(keys.signingKeys(cacheName));
    return remember(cacheName, row && z.parse(SigningKeysRecord, row), nowMs);
  };

  /** The deliveries of a batch ask at once, and one read is for all of them. */
  const read = (cacheName: string, nowMs: number) => {
    const before = reading.get(cacheName);
    if (before) return before;
    const read = readOnce(cacheName, nowMs).finally(() => reading.delete(cacheName));
    reading.set(cacheName, read);
    return read;
  };

  const isOlder = (cacheName: string, ageMs: number, nowMs: number) => {
    const age = nowMs - (known.get(cacheName)?.readMs ?? Number.NEGATIVE_INFINITY);
    return age < 0 || age >= ageMs;
  };

  const keyOf = (
    { opened }: Known,
    cacheName: string,
    publicKey: string,
    sealed: string,
  ): Promise<KeyObject> => {
    const before = opened.get(sealed);
    if (before) return before;
    const key = vault
      .openText(cacheName, "signing-key", sealed)
      .then((privateKey) => signingKey({ publicKey, privateKey: privateKey.reveal() }));
    opened.set(sealed, key);
    key.catch(() => opened.delete(sealed));
    return key;
  };

  return {
    ageing: (cacheNames, nowMs) =>
      cacheNames.filter((name) => known.has(name) && isOlder(name, renewedAfterMs, nowMs)),
    learn(cacheNames, rows, nowMs) {
      // A row that cannot be read is the trouble of its own cache, when it signs.
      const found = new Map(
        rows.flatMap((row) => {
          const { success, data } = z.safeParse(SigningKeysRecord, row);
          return success ? [[data.cacheName, data]] : [];
        }),
      );
      for (const name of cacheNames) remember(name, found.get(name), nowMs);
    },
    async keysOf(cacheName, nowMs) {
      const isKnown = known.has(cacheName) && !isOlder(cacheName, believedMs, nowMs);
      const entry = (isKnown && known.get(cacheName)) || (await read(cacheName, nowMs));
      const { record } = entry;
      if (!record) return [];
      const { publicKey, sealedPrivateKey, previousPublicKey, sealedPreviousPrivateKey } = record;
      const current = await keyOf(entry, cacheName, publicKey, sealedPrivateKey);
      if (!isPreviousInForce(record, nowMs) || !previousPublicKey || !sealedPreviousPrivateKey) {
        return [current];
      }
      const previous = await keyOf(entry, cacheName, previousPublicKey, sealedPreviousPrivateKey);
      return [current, previous];
    },
  };
}
