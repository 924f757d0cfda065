import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { type RecordedAnswer, startAnsweringAws } from "./recording-aws.ts";
import { useAwsEnvironment } from "./twins.ts";

useAwsEnvironment();

const query = { TableName: "rows", KeyConditionExpression: "pk = :pk" };

const answers = {
  ok: [200, {}],
  away: [503, ""],
  throttled: [400, { __type: "com.amazonaws.dynamodb#ThrottlingException" }],
  wrong: [400, { __type: "com.amazon.coral.validate#ValidationException" }],
} satisfies Record<string, RecordedAnswer>;
type Answer = keyof typeof answers;

/** A client of our own whose quota is full, as in a new environment. */
async function ours(): Promise<() => Promise<object>> {
  vi.resetModules();
  const { dynamoDb } = await import("../../../shared/aws/clients.ts");
  return () => dynamoDb.call("Query", query);
}

function theirs(): () => Promise<object> {
  const client = new DynamoDBClient({ maxAttempts: 3 });
  return () => client.send(new QueryCommand(query));
}

/** How many attempts each of these calls took, one after the other, while the service answers so. */
async function attemptsOf(call: () => Promise<object>, script: readonly Answer[], calls: number) {
  await using aws = await startAnsweringAws((_, n) => answers[script[n % script.length] ?? "ok"]);
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  const attempts: number[] = [];
  for (let n = 0; n < calls; n += 1) {
    const { length } = aws.calls;
    await call().catch(() => {});
    attempts.push(aws.calls.length - length);
  }
  return attempts;
}

test("retries end with the quota, and begin again with successes, where the SDK's do", {
  timeout: 60_000,
}, async () => {
  vi.spyOn(Math, "random").mockReturnValue(0); // no pauses
  const script = fc.array(fc.constantFrom<Answer>("ok", "away", "away", "throttled", "wrong"), {
    minLength: 1,
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(script, async (some) => {
      expect(await attemptsOf(await ours(), some, 60)).toEqual(
        await attemptsOf(theirs(), some, 60),
      );
    }),
    { numRuns: 15, examples: [[["away"]], [["throttled"]]] },
  );
});

test("a service that is away gets hardly more calls than are made, once the quota is used up", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const attempts = await attemptsOf(await ours(), ["away"], 60);
  expect(attempts.slice(0, 17)).toEqual(Array(17).fill(3));
  expect(attempts.slice(18)).toEqual(Array(42).fill(1));
});

const pauses = vi.hoisted((): number[] => []);
vi.mock(import("node:timers/promises"), async (original) => ({
  ...(await original()),
  setTimeout: async (ms?: number) => void pauses.push(ms ?? 0) as never,
}));

test.each([
  ["away", [25, 50]],
  ["throttled", [1_000, 2_000]],
] as const)("where a service is %s, pauses are random up to %j ms", async (state, bounds) => {
  const call = await ours();
  pauses.length = 0;
  for (const random of [0, 0.5, 0.999]) {
    vi.spyOn(Math, "random").mockReturnValue(random);
    await attemptsOf(call, [state], 1);
    expect(pauses.splice(0)).toEqual(bounds.map((bound) => Math.floor(bound * random)));
  }
});
