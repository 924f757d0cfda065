import { randomBytes } from "node:crypto";
import { paginateScan } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import {
  open,
  otherSealedFields,
  seal,
  sealedFields,
  sealedFor,
  sealedKeyNumber,
} from "../../shared/domain/webhooks/sealed.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import { dataKey, type NumberedKey } from "../../shared/store/secrets/vault.ts";
import { isTransactionConflict } from "../../shared/store/table/database.ts";
import { fromItem, type Row, setting } from "../../shared/store/table/rows.ts";
import { conflict, openTable, retryOnConflict } from "../../shared/store/table/table.ts";
import { operatorDynamoDb } from "./sdk-clients.ts";

/**
 * What of a row this program touches; it must read rows of other versions, too. What names a webhookId belongs to the
 * webhook, and a key pair to the cache.
 */
const SealedRow = z.looseObject({
  pk: z.string(),
  sk: z.string(),
  webhookId: z.optional(z.string()),
  cacheName: z.string(),
  webhookName: z.optional(z.string()),
});
type SealedRow = z.infer<typeof SealedRow>;

const allFields = { ...sealedFields, ...otherSealedFields };
type SealedField = keyof typeof allFields;
// `Object.keys` forgets which keys a constant has.
const fieldNames = Object.keys(allFields) as SealedField[];

function ownerOf({ webhookId, cacheName }: SealedRow): string {
  return webhookId ?? cacheName;
}

export interface ResealCounts {
  /** Webhooks that were looked at, caches with a key pair, and webhooks with an access token. */
  webhooks: number;
  /** Those of them that held something under an older key. */
  old: number;
  /** What the key that it names does not open, or whose key is not there. */
  readonly unreadable: string[];
}

interface Options {
  /** The number of the key to be; texts under a higher one are another rotation's. */
  readonly keyNumber: number;
  /** Absent: only count. */
  readonly key?: NumberedKey;
  /** The numbers of the keys that there are. */
  readonly numbers: readonly number[];
  readonly onProgress: (counts: ResealCounts) => void;
}

const rowsAtOnce = 16;
const webhooksBetweenReports = 1000;

/**
 * Seals again, under the new key, whatever webhooks hold under older ones. Reads the whole table, which only
 * an operator may do, and reads it consistently: what was written before a page is read is on it.
 */
export async function resealWebhooks(options: Options): Promise<ResealCounts> {
  const { WEBHOOKS_TABLE: TableName } = readEnv("WEBHOOKS_TABLE");
  const counts: ResealCounts = { webhooks: 0, old: 0, unreadable: [] };
  const pages = paginateScan({ client: operatorDynamoDb() }, { TableName, ConsistentRead: true });
  let reported = 0;
  for await (const { Items = [] } of pages) {
    const rows = Items.map(fromItem).filter(holdsSomethingSealed);
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const group = rows.slice(start, start + rowsAtOnce);
      await Promise.all(group.map((row) => reseal(z.parse(SealedRow, row), options, counts)));
      if (counts.webhooks - reported < webhooksBetweenReports) continue;
      reported = counts.webhooks;
      options.onProgress(counts);
    }
  }
  return counts;
}

function holdsSomethingSealed(row: Row): boolean {
  return Object.keys(row).some((name) => name.startsWith("sealed"));
}

async function reseal(first: SealedRow, options: Options, counts: ResealCounts): Promise<void> {
  counts.webhooks += 1;
  if (oldFields(first, options.keyNumber).length === 0) return;
  counts.old += 1;
  const table = openTable(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  const { pk, sk } = first;
  let row: SealedRow | undefined = first;
  await retryOnConflict(async () => {
    // Whoever was faster has changed the webhook: what it is now is looked at anew.
    const now = row ?? (await table.get({ pk, sk }));
    row = undefined;
    return now ? resealOnce(z.parse(SealedRow, now), options, counts.unreadable) : undefined;
  });
}

/** Swaps the sealed texts alone, and only if they and the webhook still are the same. */
async function resealOnce(
  row: SealedRow,
  { keyNumber, key, numbers }: Options,
  unreadable: string[],
): Promise<typeof conflict | undefined> {
  const fresh: Row = {};
  for (const name of oldFields(row, keyNumber)) {
    const text = String(row[name]);
    const number = sealedKeyNumber(text);
    const associatedData = sealedFor(ownerOf(row), allFields[name]);
    const plaintext = numbers.includes(number)
      ? opened(await dataKey(number), associatedData, text)
      : undefined;
    if (plaintext === undefined) {
      const { cacheName, webhookName, webhookId } = row;
      const owner = webhookId
        ? `${cacheName}/${webhookName ?? "a webhook"} (${webhookId})`
        : `cache ${cacheName}`;
      unreadable.push(`${owner}: ${name}`);
    } else if (key) {
      fresh[name] = seal({ ...key, associatedData, plaintext, iv: randomBytes(12) });
    }
  }
  const names = Object.keys(fresh);
  if (names.length === 0) return undefined;
  const unchanged = {
    text: [
      row.webhookId === undefined ? "cacheName = :owner" : "webhookId = :owner",
      ...names.map((name) => `#${name} = :old_${name}`),
    ].join(" AND "),
    values: {
      ":owner": ownerOf(row),
      ...Object.fromEntries(names.map((name) => [`:old_${name}`, row[name]])),
    },
  };
  const table = openTable(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);
  try {
    const { pk, sk } = row;
    const written = await table.update({ pk, sk }, setting(fresh), unchanged);
    return written ? undefined : conflict;
  } catch (error) {
    if (isTransactionConflict(error)) return conflict;
    throw error;
  }
}

function oldFields(row: SealedRow, keyNumber: number): SealedField[] {
  const names = Object.keys(row).filter((name) => name.startsWith("sealed"));
  const unknown = names.find((name) => !fieldNames.some((known) => known === name));
  if (unknown !== undefined) {
    throw new Error(`${ownerOf(row)} holds ${unknown}, which this version does not know`);
  }
  return fieldNames.filter((name) => {
    const text = row[name];
    return typeof text === "string" && sealedKeyNumber(text) < keyNumber;
  });
}

function opened(key: Buffer, associatedData: string, sealed: string): string | undefined {
  try {
    return open({ key, associatedData, sealed });
  } catch {
    return undefined;
  }
}
