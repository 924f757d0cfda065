/** The name of the partition key of a table, or of one of its indexes. */
export type PartitionKeyOf = (tableName: string, indexName?: string) => string | undefined;

type Members = Readonly<Record<string, unknown>>;

/**
 * The values of the partition key that a call names: what IAM knows as `dynamodb:LeadingKeys`. None for a
 * call that names no key, as a scan; what is malformed is refused later. Every call passes here, and a schema would
 * copy it.
 */
export function leadingKeysOf(call: unknown, partitionKey: string | undefined): string[] {
  if (partitionKey === undefined) return [];
  const values = [
    ...rowsIn(call).map((row) => membersOf(row)[partitionKey]),
    soughtIn(membersOf(call), partitionKey),
  ];
  const texts = values.flatMap((value) => Object.values(membersOf(value)).map(String));
  return [...new Set(texts)];
}

function rowsIn(call: unknown): unknown[] {
  if (Array.isArray(call)) {
    return call.flatMap((write) => {
      const { PutRequest, DeleteRequest } = membersOf(write);
      return [membersOf(PutRequest).Item, membersOf(DeleteRequest).Key];
    });
  }
  const { Keys, Key, Item } = membersOf(call);
  return Array.isArray(Keys) ? Keys : [Key ?? Item];
}

/** The value that a query's key condition compares the partition key with. */
function soughtIn(call: Members, partitionKey: string): unknown {
  const { KeyConditionExpression: condition } = call;
  if (typeof condition !== "string") return undefined;
  const names = membersOf(call.ExpressionAttributeNames);
  for (const [, name = "", value = ""] of condition.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)) {
    if ((names[name] ?? name) === partitionKey) {
      return membersOf(call.ExpressionAttributeValues)[value];
    }
  }
  return undefined;
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {}; // whose members may be anything
}
