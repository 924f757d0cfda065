// No table or index name holds a "~", so one name's rows never fall into another's range.

export function tableKey(tableName: string): string {
  return `table~${tableName}`;
}

export function itemKey(tableName: string, key: string): string {
  return `item-${tableName}~${key}`;
}

export function indexKey(scope: string, tableName: string, indexName: string, key: string): string {
  return `index-${scope.toLowerCase()}~${tableName}~${indexName}~${key}`;
}

/** Rows that say when an item expires, soonest first. */
export function expiryKey(tableName: string, seconds: number, key: string): string {
  // Twelve digits hold every second until the year 33,658.
  return `${expiryPrefix(tableName)}${String(seconds).padStart(12, "0")}/${key}`;
}

export function expiryPrefix(tableName: string): string {
  return `expiry-${tableName}~`;
}
