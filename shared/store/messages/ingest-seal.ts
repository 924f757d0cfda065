import { randomBytes } from "node:crypto";
import * as z from "zod/mini";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

const SealRow = z.object({ v: z.literal(1), key: z.instanceof(Uint8Array) });

/**
 * The key that seals identities, made by whoever needs it first. It opens nothing: whoever has it could give a
 * message the id of another, which whoever reads this table could do without it.
 */
export function openIngestSeal(database: Database = dynamoDatabase): () => Promise<Uint8Array> {
  const table = database.open(readEnv("MESSAGES_TABLE").MESSAGES_TABLE);
  let known: Uint8Array | undefined;

  const read = async (): Promise<Uint8Array> => {
    const row = await table.get(keys.ingestSeal);
    if (row) return z.parse(SealRow, row).key;
    const key = randomBytes(32);
    const standing = await table.put(
      { ...keys.ingestSeal, v: 1, key },
      { text: "attribute_not_exists(pk)" },
    );
    return standing ? z.parse(SealRow, standing).key : key;
  };
  return async () => {
    known ??= await read();
    return known;
  };
}
