import { dynamoDb } from "../../shared/aws/clients.ts";
import { readEnv } from "../../shared/runtime/env.ts";
import { rowOf } from "../../shared/store/messages/outbox-store.ts";
import { type Attributes, toItem } from "../../shared/store/table/rows.ts";
import type { StoredRow } from "./row.ts";

/**
 * The rows of a cache that wait in the outbox, most of them refused. Nothing but their ids tells where they are, so the
 * table is read from end to end; few rows are in it. Nothing where the deployment has no outbox.
 */
export async function* outboxRows(cacheName: string): AsyncGenerator<StoredRow> {
  if (!process.env.OUTBOX_TABLE) return;
  const TableName = readEnv("OUTBOX_TABLE").OUTBOX_TABLE;
  let from: Attributes | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamoDb.call("Scan", {
      TableName,
      ConsistentRead: true,
      FilterExpression: "cacheName = :cacheName",
      ExpressionAttributeValues: toItem({ ":cacheName": cacheName }),
      ...(from && { ExclusiveStartKey: from }),
    });
    for (const item of Items) {
      const id = item.id?.S ?? "";
      const { binary, ...row } = rowOf(id, item).fields ?? { id };
      const text = binary instanceof Uint8Array ? Buffer.from(binary).toString("base64") : binary;
      yield {
        kind: "outbox row",
        table: "OUTBOX_TABLE",
        key: { id },
        row: { ...row, binary: text },
      };
    }
    from = LastEvaluatedKey;
  } while (from);
}
