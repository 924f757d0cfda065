import {
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Principals, startPrincipals } from "./principals.ts";

let principals: Principals;
beforeAll(async () => {
  principals = await startPrincipals();
});
afterAll(() => principals[Symbol.asyncDispose]());

const keyId = "key_01JDB2Q5V8K3M4N6P7R8S9TAVW";

/** What becomes of a call: nothing, or the name of the error. */
async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "done",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

test("the authorizer cannot make a key, give one more rights, or bring a revoked one back", async () => {
  const authorizer = principals.as("ApiAuthorize");
  const TableName = principals.table("StorageApiKeys");
  const update = (id: string) =>
    new UpdateItemCommand({
      TableName,
      Key: { keyId: { S: id } },
      UpdateExpression: "SET #hash = :hash",
      ExpressionAttributeNames: { "#hash": "hash" },
      ExpressionAttributeValues: { ":hash": { S: "ab".repeat(32) } },
    });
  expect(await outcome(authorizer.send(update(keyId)))).toBe("AccessDeniedException");
  expect(await outcome(authorizer.send(update(`xuse/${keyId}`)))).toBe("AccessDeniedException");
  for (const id of [keyId, `use/${keyId}`]) {
    const put = new PutItemCommand({ TableName, Item: { keyId: { S: id } } });
    expect(await outcome(authorizer.send(put))).toBe("AccessDeniedException");
  }
  const scan = new ScanCommand({ TableName });
  expect(await outcome(authorizer.send(scan))).toBe("AccessDeniedException");
  const get = new GetItemCommand({ TableName, Key: { keyId: { S: keyId } } });
  expect(await authorizer.send(get)).not.toHaveProperty("Item");
  expect(await outcome(authorizer.send(update(`use/${keyId}`)))).toBe("done");
});
