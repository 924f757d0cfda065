import * as sdk from "@aws-sdk/client-dynamodb";
import { QueueDoesNotExist } from "@aws-sdk/client-sqs";
import { expect, test, vi } from "vitest";
import { isUnavailable } from "../../../shared/runtime/failures.ts";
import { errorFields } from "../../../shared/runtime/logger.ts";
import { freePort } from "../../support/process/free-port.ts";
import { type RecordedAnswer, startRecordingAws } from "./recording-aws.ts";
import { twinOf, useAwsEnvironment } from "./twins.ts";

useAwsEnvironment();

const query = twinOf("Query");
const requestId = "QV4R1NT64BTGD5BQAA3AHDMDLBVV4KQNSO5AEMVJF66Q9ASUAAJG";

async function scripted(...answers: Parameters<typeof startRecordingAws>) {
  const aws = await startRecordingAws(...answers);
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  return aws;
}

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => "no failure",
    (thrown: unknown) => thrown,
  );

const refused = (type: string): RecordedAnswer => [
  400,
  { __type: `com.amazonaws.dynamodb#${type}` },
];

test.each([
  ["an error of the service", [500, "<html>"]],
  ["a service that is away", [503, ""]],
  ["a throttle", refused("ProvisionedThroughputExceededException")],
  ["a transaction that is under way", refused("TransactionInProgressException")],
] as const)("after %s the same call is made again", async (_, first) => {
  await using aws = await scripted(first, [200, { Count: 1 }]);
  expect(await query.ours()).toMatchObject({ Count: 1, $metadata: { attempts: 2 } });
  expect(aws.calls.length).toBe(2);
  expect(aws.calls[1]?.body).toBe(aws.calls[0]?.body);
});

test("a call is made no more often than three times", async () => {
  await using aws = await scripted([503, ""]);
  const error = await failureOf(query.ours());
  expect(error).toMatchObject({ message: "status 503", $metadata: { attempts: 3 } });
  expect(aws.calls.length).toBe(3);
});

test("a call that was refused as wrong is not made again", async () => {
  await using aws = await scripted(refused("ValidationException"));
  expect(await failureOf(query.ours())).toMatchObject({ name: "ValidationException" });
  expect(aws.calls.length).toBe(1);
});

test("a transaction keeps its token when it is sent again", async () => {
  await using aws = await scripted([503, ""], [200, {}]);
  await twinOf("TransactWriteItems").ours();
  const [first, second] = aws.calls.map(({ body }) => JSON.parse(body).ClientRequestToken);
  expect(first).toBeTypeOf("string");
  expect(second).toBe(first);
});

test("a call without an answer is given up, and made again", async () => {
  await using aws = await scripted(undefined, [200, { Count: 1 }]);
  expect(await query.ours()).toMatchObject({ Count: 1, $metadata: { attempts: 2 } });
  expect(aws.calls.length).toBe(2);
});

test("a call that is never answered fails as one that was not taken", {
  timeout: 30_000,
}, async () => {
  await using _aws = await scripted(undefined);
  const error = await failureOf(query.ours());
  expect(error).toMatchObject({ name: "TimeoutError" });
  expect(isUnavailable(error)).toBe(true);
});

test("a service that cannot be reached fails as one that did not take the call", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${await freePort()}`);
  const error = await failureOf(query.ours());
  expect(error).toMatchObject({ code: "ECONNREFUSED", $metadata: { attempts: 3 } });
  expect(isUnavailable(error)).toBe(true);
});

const Item = { pk: { S: "a" } };
const conditionFailed = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
const cancelled = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
const reasons = [{ Code: "None" }, { Code: "ConditionalCheckFailed", Message: "no", Item }];
const capacity = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException";

test.each([
  [400, { __type: conditionFailed, message: "failed", Item }, sdk.ConditionalCheckFailedException],
  [
    400,
    { __type: cancelled, Message: "cancelled", CancellationReasons: reasons },
    sdk.TransactionCanceledException,
  ],
  [
    400,
    { __type: capacity, message: "slow", ThrottlingReasons: [{ reason: "r", resource: "arn" }] },
    sdk.ProvisionedThroughputExceededException,
  ],
  [400, { __type: "com.amazon.coral.validate#ValidationException", message: "wrong" }, Error],
  [400, { __type: "com.amazonaws.dynamodb#RequestLimitExceeded", message: "slow down" }, Error],
  [400, { __type: "com.amazon.coral.service#AccessDeniedException", Message: "no" }, Error],
  [500, { __type: "com.amazonaws.dynamodb#InternalServerError", message: "oops" }, Error],
])("%i with %o is the error that the SDK makes of it", async (status, body, Class) => {
  await using _aws = await scripted([status, body, { "x-amzn-requestid": requestId }]);
  const byThem = await failureOf(query.theirs());
  const byUs = await failureOf(query.ours());
  expect(told(byUs)).toEqual(told(byThem));
  expect(byThem).toBeInstanceOf(Class);
  expect(byUs).toBeInstanceOf(Class);
  expect(isUnavailable(byUs)).toBe(isUnavailable(byThem));
});

test("an error of SQS is one of the SDK's classes as well", async () => {
  await using _aws = await scripted([400, { __type: "com.amazonaws.sqs#QueueDoesNotExist" }]);
  const send = twinOf("SendMessageBatch");
  expect(await failureOf(send.theirs())).toBeInstanceOf(QueueDoesNotExist);
  expect(await failureOf(send.ours())).toBeInstanceOf(QueueDoesNotExist);
});

/** All that a caller may look at; the SDK keeps the answer besides. */
function told(error: unknown) {
  if (!(error instanceof Error)) throw new Error("no error");
  const fields = Object.entries(error).filter(
    ([name, value]) => value !== undefined && !["$response", "__type"].includes(name),
  );
  const { $metadata, isClockCorrected, ...others } = Object.fromEntries(fields);
  const { httpStatusCode, requestId, attempts } = $metadata;
  return { ...others, message: error.message, httpStatusCode, requestId, attempts };
}

test("the request id goes into the log, also of a cause", async () => {
  await using _aws = await scripted([400, {}, { "x-amzn-requestid": requestId }]);
  const error = await failureOf(query.ours());
  expect(errorFields(error)).toMatchObject({ awsRequestId: requestId });
  expect(errorFields(new Error("outer", { cause: error }))).toMatchObject({
    awsRequestId: requestId,
  });
  expect(errorFields(new Error("without"))).toMatchObject({ awsRequestId: undefined });
});
