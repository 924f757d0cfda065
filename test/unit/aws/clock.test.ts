import { expect, test, vi } from "vitest";
import { type RecordedAnswer, type RecordedCall, startAnsweringAws } from "./recording-aws.ts";
import { useAwsEnvironment } from "./twins.ts";

useAwsEnvironment();

const hourMs = 3_600_000;
const realNow = Date.now;

/** As AWS does, by a clock of its own: refuses what is signed for a time five minutes away. */
function answerAtTime(timeMs: number, { headers }: RecordedCall): RecordedAnswer {
  const date = { date: new Date(timeMs).toUTCString() };
  const signed = String(headers["x-amz-date"]).replace(/^(....)(..)(..T..)(..)/, "$1-$2-$3:$4:");
  if (Math.abs(Date.parse(signed) - timeMs) < 300_000) return [200, { Count: 1 }, date];
  return [400, { __type: "com.amazon.coral.service#InvalidSignatureException" }, date];
}

/** The clock's correction is its environment's: each test has one of its own. */
async function callOf(url: string) {
  vi.resetModules();
  vi.stubEnv("AWS_ENDPOINT_URL", url);
  const { dynamoDb } = await import("../../../shared/aws/clients.ts");
  return () => dynamoDb.call("Query", { TableName: "rows" });
}

test.each([
  ["an hour behind", -hourMs],
  ["an hour ahead", hourMs],
  ["five minutes behind", -301_000],
])("a clock that is %s is corrected by the answer's date, once for all calls", async (_, offMs) => {
  await using aws = await startAnsweringAws((call) => answerAtTime(realNow(), call));
  const query = await callOf(aws.url);
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + offMs);
  expect(await query()).toMatchObject({ Count: 1, $metadata: { attempts: 2 } });
  expect(await query()).toMatchObject({ Count: 1, $metadata: { attempts: 1 } });
});

test("a clock that is set right later is followed", async () => {
  await using aws = await startAnsweringAws((call) => answerAtTime(realNow(), call));
  const query = await callOf(aws.url);
  const now = vi.spyOn(Date, "now").mockImplementation(() => realNow() + hourMs);
  await query();
  now.mockRestore();
  expect(await query()).toMatchObject({ $metadata: { attempts: 2 } });
  expect(await query()).toMatchObject({ $metadata: { attempts: 1 } });
});

test("a signature that is refused for something else is refused at once", async () => {
  await using aws = await startAnsweringAws(() => [
    400,
    { __type: "com.amazon.coral.service#InvalidSignatureException", message: "does not match" },
    { date: new Date().toUTCString() },
  ]);
  const query = await callOf(aws.url);
  await expect(query()).rejects.toThrow("does not match");
  expect(aws.calls.length).toBe(1);
});

test("an answer that was read after a freeze does not set the clock", async () => {
  const { correctClock, signingTimeMs } = await import("../../../shared/aws/signing.ts");
  const sentTimeMs = Date.now();
  const date = new Date(sentTimeMs).toUTCString();
  const now = vi.spyOn(Date, "now").mockReturnValue(sentTimeMs + hourMs);
  expect(correctClock(date, sentTimeMs)).toBe(false);
  expect(correctClock("no date", Date.now())).toBe(false);
  expect(correctClock(undefined, Date.now())).toBe(false);
  expect(signingTimeMs()).toBe(now());
});
