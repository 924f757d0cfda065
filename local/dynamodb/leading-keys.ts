import * as z from "zod/mini";

/** The name of the partition key of a table, or of one of its indexes. */
export type PartitionKeyOf = (tableName: string, indexName?: string) => string | undefined;

const Value = z.record(z.string(), z.unknown());
const Attributes = z.record(z.string(), Value);

const Single = z.object({ Key: z.optional(Attributes), Item: z.optional(Attributes) });
const Writes = z.array(
  z.object({
    PutRequest: z.optional(z.object({ Item: Attributes })),
    DeleteRequest: z.optional(z.object({ Key: Attributes })),
  }),
);
const Reads = z.object({ Keys: z.array(Attributes) });
const Search = z.object({
  KeyConditionExpression: z.string(),
  ExpressionAttributeNames: z._default(z.record(z.string(), z.string()), {}),
  ExpressionAttributeValues: z._default(Attributes, {}),
});

/**
 * The values of the partition key that a call names: what IAM knows as `dynamodb:LeadingKeys`. None for a
 * call that names no key, as a scan, and for one that is malformed, which is refused later.
 */
export function leadingKeysOf(call: unknown, partitionKey: string | undefined): string[] {
  if (partitionKey === undefined) return [];
  const values = [...rowsIn(call).map((row) => row[partitionKey]), soughtIn(call, partitionKey)];
  const texts = values.flatMap((value) => Object.values(value ?? {}).map(String));
  return [...new Set(texts)];
}

function rowsIn(call: unknown): z.infer<typeof Attributes>[] {
  const writes = z.safeParse(Writes, call);
  if (writes.success) {
    return writes.data.flatMap(({ PutRequest, DeleteRequest }) =>
      [PutRequest?.Item, DeleteRequest?.Key].filter((row) => row !== undefined),
    );
  }
  const reads = z.safeParse(Reads, call);
  if (reads.success) return reads.data.Keys;
  const single = z.safeParse(Single, call);
  return single.success ? [single.data.Key ?? single.data.Item ?? {}] : [];
}

/** The value that a query's key condition compares the partition key with. */
function soughtIn(call: unknown, partitionKey: string): z.infer<typeof Value> | undefined {
  const { success, data } = z.safeParse(Search, call);
  if (!success) return undefined;
  const { KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = data;
  for (const [, name = "", value = ""] of KeyConditionExpression.matchAll(
    /([#\w.-]+)\s*=\s*(:\w+)/g,
  )) {
    if ((ExpressionAttributeNames[name] ?? name) === partitionKey) {
      return ExpressionAttributeValues[value];
    }
  }
  return undefined;
}
