import { createHash } from "node:crypto";
import type { Item } from "dynalite/db/index.js";
import { AwsError } from "../../aws/aws-error.ts";
import { rows } from "../engine/rows.ts";
import type { Tables } from "../engine/tables.ts";

const tokenLifeMs = 10 * 60_000;
const prefix = "transaction~";

/** Whether this very transaction has been made in the last ten minutes; the same token for another one is refused. */
export function wasMade(tables: Tables, token: string, request: string): boolean {
  const record = tables.ledger.newest(prefix + token);
  if (!record || expired(record, tables.now())) return false;
  if (record.digest?.S === digestOf(request)) return true;
  throw new AwsError(
    "IdempotentParameterMismatchException",
    "DynamoDB rejected the request because you retried a request with a different payload but " +
      "with an idempotent token that was already used.",
  );
}

/** Stages the token beside the transaction's items, so that both become durable or neither. */
export function remember(tables: Tables, token: string, request: string): void {
  const value: Item = {
    digest: { S: digestOf(request) },
    madeMs: { N: String(tables.now()) },
  };
  tables.ledger.stage([{ type: "put", key: prefix + token, value }]);
}

export async function forgetOldTokens({ level, ledger, now }: Tables): Promise<void> {
  for await (const [key, value] of rows(level, { gte: prefix, lt: `${prefix}\xff` })) {
    const record = value as Item; // what rows of this prefix hold
    if (expired(record, now())) ledger.stage([{ type: "del", key }]);
  }
  await ledger.settled();
}

function expired(record: Item, nowMs: number): boolean {
  return Number(record.madeMs?.N) + tokenLifeMs <= nowMs;
}

function digestOf(request: string): string {
  return createHash("sha256").update(request).digest("base64");
}
