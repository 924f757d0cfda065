import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";

export type Attributes = Record<string, AttributeValue>;
export type Row = Record<string, unknown>;

export function toItem(row: Row): Attributes {
  return marshall(row, { removeUndefinedValues: true });
}

export function fromItem(item: Attributes): Row {
  return unmarshall(item);
}
