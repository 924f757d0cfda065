import * as theirs from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  DynamoDBClient,
  QueryCommand,
  TransactWriteItemsCommand,
} from "../../infra/lean-sdk/client-dynamodb.ts";
import { NodeHttpHandler } from "../../infra/lean-sdk/node-http-handler.ts";
import { isUnavailable } from "../../shared/runtime/failures.ts";
import { freePort } from "../support/free-port.ts";
import { type RecordingAws, startRecordingAws } from "./recording-aws.ts";

beforeEach(() => {
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hush");
});
afterEach(() => vi.unstubAllEnvs());

const query = { TableName: "rows", KeyConditionExpression: "pk = :pk" };

function client({ maxAttempts = 3, requestTimeout = 2_000 } = {}): DynamoDBClient {
  const requestHandler = new NodeHttpHandler({ connectionTimeout: 1_000, requestTimeout });
  return new DynamoDBClient({ maxAttempts, requestHandler });
}

async function scripted(...answers: Parameters<typeof startRecordingAws>): Promise<RecordingAws> {
  const aws = await startRecordingAws(...answers);
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  return aws;
}

const refused = (type: string) => [400, { __type: `com.amazonaws.dynamodb#${type}` }] as const;
const throttled = refused("ProvisionedThroughputExceededException");

test.each([
  ["an error of the service", [500, "<html>"]],
  ["a service that is away", [503, ""]],
  ["a throttle", throttled],
  ["a transaction that is under way", refused("TransactionInProgressException")],
] as const)("after %s the same call is made again", async (_, first) => {
  await using aws = await scripted(first, [200, { Count: 1 }]);
  expect(await client().send(new QueryCommand(query))).toEqual({ Count: 1 });
  expect(aws.calls.length).toBe(2);
  expect(aws.calls[1]?.body).toBe(aws.calls[0]?.body);
});

test("a call is made no more often than it may be", async () => {
  await using aws = await scripted([503, ""]);
  await expect(client().send(new QueryCommand(query))).rejects.toThrow("answered 503");
  expect(aws.calls.length).toBe(3);
});

test("a call that was refused as wrong is not made again", async () => {
  await using aws = await scripted(refused("ValidationException"));
  await expect(client().send(new QueryCommand(query))).rejects.toThrow();
  expect(aws.calls.length).toBe(1);
});

test("a transaction keeps its token when it is sent again", async () => {
  await using aws = await scripted([503, ""], [200, {}]);
  await client().send(new TransactWriteItemsCommand({ TransactItems: [] }));
  const [first, second] = aws.calls.map(({ body }) => JSON.parse(body).ClientRequestToken);
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).toBe(first);
});

test("two transactions have two tokens", () => {
  const [one, other] = [1, 2].map(() => new TransactWriteItemsCommand({ TransactItems: [] }).input);
  expect(one).not.toEqual(other);
});

test("a call without an answer is given up, and made again", async () => {
  await using aws = await scripted(undefined, [200, {}]);
  await client({ requestTimeout: 500 }).send(new QueryCommand(query));
  expect(aws.calls.length).toBe(2);
});

test("a call that nobody ever answers fails as one that was not taken", async () => {
  await using _aws = await scripted(undefined);
  const call = client({ maxAttempts: 1, requestTimeout: 50 }).send(new QueryCommand(query));
  const error = await call.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "TimeoutError" });
  expect(isUnavailable(error)).toBe(true);
});

test("a service that cannot be reached fails as one that did not take the call", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${await freePort()}`);
  const error = await client({ maxAttempts: 1 })
    .send(new QueryCommand(query))
    .catch((thrown: unknown) => thrown);
  expect(isUnavailable(error)).toBe(true);
});

const item = { pk: { S: "a" } };
const conditionFailed = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
const cancelled = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
const reasons = [{ Code: "None" }, { Code: "ConditionalCheckFailed", Message: "no" }];

test.each([
  [400, { __type: conditionFailed, message: "failed", Item: item }],
  [400, { __type: cancelled, Message: "cancelled", CancellationReasons: reasons }],
  [400, { __type: "com.amazon.coral.validate#ValidationException", message: "wrong" }],
  [400, { __type: "com.amazonaws.dynamodb#RequestLimitExceeded", message: "slow down" }],
  [400, { __type: "com.amazon.coral.service#AccessDeniedException", Message: "no" }],
  [500, { __type: "com.amazonaws.dynamodb#InternalServerError", message: "oops" }],
])("%i with %o is the error that the SDK makes of it", async (status, body) => {
  await using _aws = await scripted([status, body]);
  const failure = async (call: Promise<unknown>) => call.catch((thrown: unknown) => thrown);
  const sdk = new theirs.DynamoDBClient({ maxAttempts: 1 });
  const byThem = await failure(sdk.send(new theirs.QueryCommand(query)));
  const byUs = await failure(client({ maxAttempts: 1 }).send(new QueryCommand(query)));
  expect(told(byUs)).toEqual(told(byThem));
  expect(isUnavailable(byUs)).toBe(isUnavailable(byThem));
});

/** What our code looks at. */
function told(error: unknown) {
  if (!(error instanceof Error)) throw new Error("no error");
  const { name, message, Item, CancellationReasons, $fault, $metadata } = error as Error & {
    Item?: unknown;
    CancellationReasons?: unknown;
    $fault?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  return { name, message, Item, CancellationReasons, $fault, status };
}
