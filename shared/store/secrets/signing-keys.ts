import * as z from "zod/mini";
import { mintKeyPair, SigningKeysRecord } from "../../domain/webhooks/signing-keys.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { conflict } from "../table/table.ts";
import type { Vault } from "./vault.ts";

export interface SigningKeyReader {
  find(cacheName: string): Promise<SigningKeysRecord | undefined>;
}

export function openSigningKeyReader(database: Database = dynamoDatabase): SigningKeyReader {
  const table = database.open(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  return {
    async find(cacheName) {
      const row = await table.get(keys.signingKeys(cacheName));
      return row && z.parse(SigningKeysRecord, row);
    },
  };
}

export interface SigningKeyStore {
  /** Makes the first pair of a cache; of two that do so at once, both leave the one that was stored. */
  ensure(cacheName: string, nowMs: number): Promise<void>;
  /** The next pair signs, and the one before it until then; a conflict where another was faster. */
  rotate(
    cacheName: string,
    nowMs: number,
    previousUntilMs: number,
  ): Promise<SigningKeysRecord | typeof conflict>;
}

export function openSigningKeyStore(
  vault: Pick<Vault, "sealText">,
  database: Database = dynamoDatabase,
): SigningKeyStore {
  const table = database.open(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  const { find } = openSigningKeyReader(database);

  const mint = async (cacheName: string, createdTimeMs: number): Promise<SigningKeysRecord> => {
    const { publicKey, privateKey } = mintKeyPair();
    const sealedPrivateKey = await vault.sealText(cacheName, "signing-key", privateKey);
    return { v: 1, cacheName, publicKey, sealedPrivateKey, createdTimeMs };
  };

  const putFirst = async (record: SigningKeysRecord) => {
    const row = { ...keys.signingKeys(record.cacheName), ...record };
    return table.put(row, { text: "attribute_not_exists(pk)" });
  };

  return {
    async ensure(cacheName, nowMs) {
      if (!(await find(cacheName))) await putFirst(await mint(cacheName, nowMs));
    },
    async rotate(cacheName, nowMs, previousUntilMs) {
      const before = await find(cacheName);
      const minted = await mint(cacheName, nowMs);
      if (!before) return (await putFirst(minted)) ? conflict : minted;
      const next: SigningKeysRecord = {
        ...minted,
        previousPublicKey: before.publicKey,
        sealedPreviousPrivateKey: before.sealedPrivateKey,
        previousUntilMs,
      };
      // The data key may have been rotated meanwhile: the text that was read must not come back.
      const unchanged = {
        text: "sealedPrivateKey = :before",
        values: { ":before": before.sealedPrivateKey },
      };
      const row = { ...keys.signingKeys(cacheName), ...next };
      return (await table.put(row, unchanged)) ? conflict : next;
    },
  };
}
