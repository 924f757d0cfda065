import { DynamoDBClient, ScanCommand, TransactGetItemsCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";

const Row = z.looseObject({ pk: z.string(), sk: z.string() });
export type Row = z.infer<typeof Row>;
type Key = Pick<Row, "pk" | "sk">;

/** The rows behind the webhooks, as an operator can read them. */
export interface WebhookRows {
  /** All of them; while nobody writes, that is one state. */
  all(): Promise<Row[]>;
  /** Those of the keys that there are, as they were at one moment. */
  at(keys: readonly Key[]): Promise<Row[]>;
  close(): void;
}

export function openWebhookRows(operatorEnv: Record<string, string>): WebhookRows {
  const { WebhooksTable: TableName, AWS_ENDPOINT_URL_DYNAMODB: endpoint, ...env } = operatorEnv;
  const client = new DynamoDBClient({
    ...(endpoint && { endpoint }),
    region: env.AWS_REGION ?? "us-east-1",
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "",
    },
  });
  return {
    async all() {
      const rows: Row[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName,
            ConsistentRead: true,
            ...(from && { ExclusiveStartKey: marshall(from) }),
          }),
        );
        rows.push(...(page.Items ?? []).map((item) => Row.parse(unmarshall(item))));
        from = page.LastEvaluatedKey && unmarshall(page.LastEvaluatedKey);
      } while (from);
      return rows;
    },
    async at(keys) {
      const TransactItems = keys.map((key) => ({ Get: { TableName, Key: marshall(key) } }));
      const { Responses = [] } = await client.send(new TransactGetItemsCommand({ TransactItems }));
      return Responses.flatMap(({ Item }) => (Item ? [Row.parse(unmarshall(Item))] : []));
    },
    close: () => client.destroy(),
  };
}
