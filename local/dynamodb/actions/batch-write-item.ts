import rules from "dynalite/validations/batchWriteItem.js";
import { consumedCapacity } from "../engine/consumed-capacity.ts";
import { validationError } from "../engine/dynalite-error.ts";
import { stageChange } from "../engine/item-rows.ts";
import type { Footprint } from "../engine/item-view.ts";
import type { Tables } from "../engine/tables.ts";
import { validated } from "../engine/validated.ts";
import { changeOf, decideWrite, deleteItem, putItem } from "./write-item.ts";

const maxRequests = 25;

type WriteRequest = { PutRequest: { Item: object } } | { DeleteRequest: { Key: object } };

interface BatchWriteInput {
  RequestItems: Record<string, WriteRequest[]>;
  ReturnConsumedCapacity?: string;
}

/** BatchWriteItem. AWS may leave some unprocessed and promises no atomicity; here all go in one batch. */
export async function batchWriteItem(tables: Tables, input: object): Promise<object> {
  // The rules have just checked the shape.
  const data = validated(rules, input, tables.store) as BatchWriteInput;
  const requests = Object.entries(data.RequestItems).flatMap(([TableName, ofTable]) =>
    ofTable.map((request) => ({ TableName, request })),
  );
  if (requests.length > maxRequests) {
    throw validationError("Too many items requested for the BatchWriteItem call");
  }
  const { ReturnConsumedCapacity } = data;
  const footprints: Footprint[] = [];
  const answers = requests.map(({ TableName, request }) => {
    const footprint: Footprint = {};
    footprints.push(footprint);
    return decide(tables, { TableName, ReturnConsumedCapacity }, request, footprint);
  });
  const changes = footprints.map(changeOf);
  if (new Set(changes.map(({ table, key }) => `${table.TableName}~${key}`)).size < changes.length) {
    throw validationError("Provided list of item keys contains duplicates");
  }
  for (const change of changes) stageChange(tables, change);
  await tables.ledger.settled();
  return { UnprocessedItems: {}, ...consumedCapacity(answers) };
}

function decide(
  tables: Tables,
  shared: { TableName: string; ReturnConsumedCapacity: string | undefined },
  request: WriteRequest,
  footprint: Footprint,
): object {
  return "PutRequest" in request
    ? decideWrite(tables, putItem, { ...shared, Item: request.PutRequest.Item }, footprint)
    : decideWrite(tables, deleteItem, { ...shared, Key: request.DeleteRequest.Key }, footprint);
}
