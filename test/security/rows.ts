import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { operatorCredentials } from "../support/service/engine-access.ts";

/** Every row of every table as JSON text, under its table and key. */
export type Rows = ReadonlyMap<string, string>;

const tableNames = ["WebhooksTable", "MessagesTable", "DeliveriesTable", "ApiKeysTable"];

/** Reads whole tables, which nothing but a test may do. */
export async function readRows(operatorEnv: Record<string, string>): Promise<Rows> {
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: operatorEnv.AWS_ENDPOINT_URL_DYNAMODB ?? "",
    credentials: operatorCredentials(operatorEnv),
  });
  const rows = new Map<string, string>();
  for (const name of tableNames) {
    const TableName = operatorEnv[name];
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      for (const item of Items.map((attributes) => unmarshall(attributes))) {
        rows.set([name, item.pk ?? item.keyId, item.sk].join(" "), JSON.stringify(item, inDigits));
      }
    }
  }
  client.destroy();
  return rows;
}

function inDigits(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/**
 * The rows that hold one of the texts anywhere, in key or value; without the heartbeat, which names
 * whichever webhook of the whole deployment last did well.
 */
export function rowsAbout(texts: readonly string[], rows: Rows): [key: string, row: string][] {
  const isAbout = (row: string) => texts.some((text) => row.includes(text));
  const about = [...rows].filter(([key, row]) => isAbout(key + row));
  return about.filter(([key]) => key !== "WebhooksTable heartbeat success").sort();
}
