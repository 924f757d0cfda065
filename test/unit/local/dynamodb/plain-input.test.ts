import batchGetRules from "dynalite/validations/batchGetItem.js";
import batchWriteRules from "dynalite/validations/batchWriteItem.js";
import { checkTypes } from "dynalite/validations/index.js";
import queryRules from "dynalite/validations/query.js";
import updateRules from "dynalite/validations/updateItem.js";
import { expect, test } from "vitest";
import { plainInput } from "../../../../local/dynamodb/engine/plain-input.ts";

const item = {
  pk: { S: "a" },
  bytes: { B: "AP+A" },
  more: { M: { list: { L: [{ N: "1" }, { BOOL: true }, { NULL: true }] }, set: { SS: ["x"] } } },
};

test.each<[string, { types: object }, object]>([
  [
    "an update",
    updateRules,
    {
      ConditionExpression: "a = :a",
      TableName: "t",
      unknown: 1,
      Key: { pk: { S: "a" } },
      ReturnValues: null,
      ExpressionAttributeNames: { "#a": "a" },
      ExpressionAttributeValues: { ":a": { N: "1" } },
    },
  ],
  ["a batch of writes", batchWriteRules, { RequestItems: { t: [{ PutRequest: { Item: item } }] } }],
  [
    "a batch of reads",
    batchGetRules,
    { RequestItems: { t: { Keys: [item], ConsistentRead: true } } },
  ],
  ["a query", queryRules, { TableName: "t", Limit: 12, KeyConditionExpression: "pk = :a" }],
])("reads %s as dynalite does", (_, { types }, input) => {
  const expected = checkTypes(structuredClone(input), types);
  const plain = plainInput(structuredClone(input), types);
  expect(plain).toEqual(expected);
  expect(Object.keys(plain ?? {})).toEqual(Object.keys(expected));
});

test.each<[string, object]>([
  ["a number for a text", { TableName: 1 }],
  ["a value of two types", { TableName: "t", Item: { a: { S: "a", N: "1" } } }],
  ["a value of an unknown type", { TableName: "t", Item: { a: { X: "a" } } }],
  ["a value that is absent", { TableName: "t", Item: { a: null } }],
  ["a value that is none", { TableName: "t", Item: { a: "text" } }],
  ["bytes that are not base64", { TableName: "t", Item: { a: { B: "AP-A" } } }],
  ["bytes that are cut short", { TableName: "t", Item: { a: { B: "AP+" } } }],
  ["a number in a set of texts", { TableName: "t", Item: { a: { SS: [1] } } }],
  ["a list of texts", { TableName: "t", Item: { a: { L: ["text"] } } }],
  ["a text for a truth", { TableName: "t", Item: { a: { BOOL: "true" } } }],
  ["a list for a map", { TableName: "t", Item: [] }],
])("leaves %s to dynalite", (_, input) => {
  const item = { type: "Map<AttributeValue>", children: "AttrStruct<ValueStruct>" };
  expect(plainInput(input, { TableName: "String", Item: item })).toBeUndefined();
});

test("leaves a member that would change the prototype to dynalite", () => {
  const types = { Item: { type: "Map<AttributeValue>", children: "AttrStruct<ValueStruct>" } };
  expect(plainInput(JSON.parse('{"Item":{"__proto__":{"S":"a"}}}'), types)).toBeUndefined();
});
