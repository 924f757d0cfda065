import { forgetOldTokens } from "../actions/transaction-token.ts";
import { expirySeconds, stageChange } from "./item-rows.ts";
import { expiryKey, expiryPrefix, itemKey } from "./row-keys.ts";
import { rows } from "./rows.ts";
import { activeTable, type Tables } from "./tables.ts";

const fiveYearsSeconds = 5 * 365 * 86_400;

/** Deletes what has expired, as AWS does some time after the item's second; answers how many items went. */
export async function expireItems(tables: Tables): Promise<number> {
  let expired = 0;
  for (const [tableName, attribute] of tables.timeToLive) {
    expired += await expireTable(tables, tableName, attribute);
  }
  await forgetOldTokens(tables);
  return expired;
}

async function expireTable(tables: Tables, tableName: string, attribute: string): Promise<number> {
  const nowSeconds = Math.floor(tables.now() / 1000);
  const range = {
    // AWS takes an expiry more than five years back for a mistake and leaves the item.
    gte: expiryKey(tableName, Math.max(0, nowSeconds - fiveYearsSeconds), ""),
    lt: expiryKey(tableName, nowSeconds, ""),
  };
  const prefixLength = expiryPrefix(tableName).length + "000000000000/".length;
  let expired = 0;
  for await (const [row] of rows(tables.level, range)) {
    const key = row.slice(prefixLength);
    const before = tables.ledger.newest(itemKey(tableName, key));
    // The item may have been given a longer life since the row was read.
    if ((expirySeconds(before, attribute) ?? Number.POSITIVE_INFINITY) >= nowSeconds) {
      tables.ledger.stage([{ type: "del", key: row }]);
      continue;
    }
    stageChange(tables, {
      table: activeTable(tables, tableName),
      key,
      before,
      after: undefined,
    });
    expired += 1;
  }
  await tables.ledger.settled();
  return expired;
}
