import { randomUUID } from "node:crypto";
import { DynamoDBClient, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";

const { ORDERS_TABLE, OUTBOX_TABLE } = process.env;
const order = { id: { S: "order-42" }, total: { N: "12" } };
const event = {
  id: { S: randomUUID() },
  time: { S: new Date().toISOString() },
  cacheName: { S: "orders" },
  topicName: { S: "paid" },
  value: { S: JSON.stringify({ order: "order-42", total: 12 }) },
};
const TransactItems = [
  { Put: { TableName: ORDERS_TABLE, Item: order } },
  { Put: { TableName: OUTBOX_TABLE, Item: event } },
];
await new DynamoDBClient().send(new TransactWriteItemsCommand({ TransactItems }));
