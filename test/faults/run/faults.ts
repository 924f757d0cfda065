import { createHash } from "node:crypto";
import type { AwsAnswer, AwsCall, Intercept } from "./aws-proxy.ts";

/** What goes wrong with a call. */
export type Fault = Intercept;

/** Nothing goes wrong: for tests that count calls. */
export const passing: Fault = (_call, forward) => forward();

/** The throttling of a table, in DynamoDB's words. */
export const throttledByDynamoDb = failing(
  400,
  "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
  "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
);

/** The throttling of an on-demand table or of the account. */
export const throttledByControl = failing(
  400,
  "com.amazon.coral.availability#ThrottlingException",
  "Throughput exceeds the current capacity of your table or index.",
);

export const throttledBySqs = failing(
  400,
  "com.amazonaws.sqs#RequestThrottled",
  "The request was denied due to request throttling.",
  { "x-amzn-query-error": "RequestThrottled;Sender" },
);

export const failingWithin = failing(500, "InternalServerError", "Internal server error");

/** A load balancer before the engine speaks no JSON. */
export const unavailable: Fault = async () => ({
  status: 503,
  headers: { "content-type": "text/html" },
  body: "<html><body><b>Http/1.1 Service Unavailable</b></body></html>",
});

/** The connection closes before the engine has seen the call. */
export const cutBefore = insteadOf(async () => {});

/** The engine executes the call, but its answer is lost. */
export const cutAfter = afterwards(async () => {});

/** The engine takes the connection and says nothing. */
export const silent: Fault = () => new Promise(() => {});

/** Does something else in place of the call, whose connection then closes. */
export function insteadOf(deed: () => Promise<void>): Fault {
  return async () => {
    await deed();
    throw new Error("cut before the call");
  };
}

/** Does something once the engine has executed the call; the answer is lost. */
export function afterwards(deed: () => Promise<void>): Fault {
  return async (_call, forward) => {
    await forward();
    await deed();
    throw new Error("cut after the call");
  };
}

/** The queue refuses those entries of a batch and takes the others. */
export function refusing(isRefused: (entry: { MessageBody: string }) => boolean): Fault {
  return async ({ input }, forward) => {
    const entries = entriesOf(input);
    const refused = entries.filter(isRefused);
    const taken = entries.filter((entry) => !refused.includes(entry));
    const answer = taken.length > 0 ? await forward({ ...input, Entries: taken }) : noneTaken;
    const Failed = refused.map(({ Id }) => ({
      Id,
      SenderFault: false,
      Code: "InternalError",
      Message: "We encountered an internal error. Please try again.",
    }));
    return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), Failed }) };
  };
}

/** The queue says that it has taken every entry of a batch, and hands out none. */
export const withheld: Fault = async ({ input }) =>
  json({
    Successful: entriesOf(input).map(({ Id, MessageBody }) => {
      const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
      return { Id, MessageId: Id, MD5OfMessageBody };
    }),
  });

/** The table leaves every row of a batch unwritten. */
export const unprocessed: Fault = async ({ input }) =>
  json({ UnprocessedItems: input.RequestItems });

interface Entry {
  Id: string;
  MessageBody: string;
  DelaySeconds?: number;
}

export function entriesOf(input: AwsCall["input"]): Entry[] {
  // The SDK has made it: a SendMessageBatch has entries.
  return input.Entries as Entry[];
}

/** The same batch, all of which the queue hands out at once. */
export function withoutDelay(input: AwsCall["input"]): AwsCall["input"] {
  return { ...input, Entries: entriesOf(input).map((entry) => ({ ...entry, DelaySeconds: 0 })) };
}

const noneTaken = json({ Successful: [] });

function json(body: object): AwsAnswer {
  const headers = { "content-type": "application/x-amz-json-1.0" };
  return { status: 200, headers, body: JSON.stringify(body) };
}

function failing(
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): Fault {
  const body = { __type: type, message };
  return async () => ({ ...json(body), status, headers: { ...json(body).headers, ...headers } });
}
