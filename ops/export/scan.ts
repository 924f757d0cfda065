import { dynamoDb } from "../../shared/aws/clients.ts";
import { type Attributes, toItem } from "../../shared/store/table/rows.ts";

/** The rows of a cache in a table whose keys do not name caches: it is read from end to end, a page at a time. */
export async function* scanned(TableName: string, cacheName: string): AsyncGenerator<Attributes> {
  let from: Attributes | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamoDb.call("Scan", {
      TableName,
      ConsistentRead: true,
      FilterExpression: "cacheName = :cacheName",
      ExpressionAttributeValues: toItem({ ":cacheName": cacheName }),
      ...(from && { ExclusiveStartKey: from }),
    });
    yield* Items;
    from = LastEvaluatedKey;
  } while (from);
}
