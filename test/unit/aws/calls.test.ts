import aws4 from "aws4";
import { expect, test, vi } from "vitest";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import { signedHeaders } from "../../../shared/aws/signing.ts";
import { type RecordedCall, startRecordingAws } from "./recording-aws.ts";
import { credentials, region, twinOf, twins, useAwsEnvironment } from "./twins.ts";

useAwsEnvironment();

async function scripted(...answers: Parameters<typeof startRecordingAws>) {
  const aws = await startRecordingAws(...answers);
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  return aws;
}

/** What a service sees of a call, time and signature apart; the SDK sorts the input by its model. */
function told({ headers, body }: RecordedCall) {
  const { host, "content-type": type, "content-length": length, "x-amz-target": target } = headers;
  return {
    host,
    type,
    length,
    target,
    token: headers["x-amz-security-token"],
    input: JSON.parse(body),
  };
}

/** The `authorization` that our signer gives to the headers that a call says are signed. */
function authorizationOf({ headers, body }: RecordedCall, service: string): string {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? "")?.[1]?.split(";") ?? [];
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
  const request = { method: "POST", path: "/", service, region, headers: signed, body };
  const signer = new aws4.RequestSigner({ ...request, doNotModifyHeaders: true }, credentials);
  signer.datetime = String(headers["x-amz-date"]);
  return signer.authHeader();
}

test.each(twins)("$operation says to $service what the SDK says", async (twin) => {
  await using aws = await scripted([200, {}]);
  await twin.theirs();
  await twin.ours();
  const [byThem, byUs] = aws.calls;
  if (!byThem || !byUs) throw new Error("a call is missing");
  expect(told(byUs)).toEqual(told(byThem));
  expect(authorizationOf(byThem, twin.service)).toBe(byThem.headers.authorization);
  expect(authorizationOf(byUs, twin.service)).toBe(byUs.headers.authorization);
});

test("a signature covers the host, the body, the time, the operation and the token", () => {
  const call = { service: "sqs", host: "h", contentType: "t", target: "o", body: "{}" };
  const signatureOf = (change: object, timeMs = 0, token = "token") =>
    signedHeaders(
      { ...call, ...change },
      { region, credentials: { ...credentials, sessionToken: token } },
      timeMs,
    ).authorization;
  const all = [
    signatureOf({}),
    signatureOf({ host: "other" }),
    signatureOf({ body: "[]" }),
    signatureOf({ target: "other" }),
    signatureOf({ service: "kms" }),
    signatureOf({}, 1_000),
    signatureOf({}, 86_400_000),
    signatureOf({}, 0, "other"),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(signatureOf({})).toBe(all[0]);
});

test("a signature's key is that of the day, the region, the service and the secret", () => {
  const usual = { timeMs: 0, region, service: "sqs", secretAccessKey: credentials.secretAccessKey };
  const others = [
    { timeMs: 86_400_000 },
    { region: "eu-north-1" },
    { service: "kms" },
    { secretAccessKey: "another" },
  ];
  const expectTheirs = ({ timeMs, region, service, secretAccessKey }: typeof usual) => {
    const own = { ...credentials, secretAccessKey };
    const call = { service, host: "h", contentType: "t", target: "o", body: "{}" };
    const { authorization, ...headers } = signedHeaders(call, { region, credentials: own }, timeMs);
    const request = { method: "POST", path: "/", service, region, headers, body: "{}" };
    const signer = new aws4.RequestSigner({ ...request, doNotModifyHeaders: true }, own);
    signer.datetime = String(headers["x-amz-date"]);
    expect(authorization).toBe(signer.authHeader());
  };
  for (const other of others) {
    expectTheirs(usual);
    expectTheirs({ ...usual, ...other });
  }
});

test("a transaction has a token of its own, where none is given", async () => {
  await using aws = await scripted([200, {}]);
  await dynamoDb.call("TransactWriteItems", { TransactItems: [] });
  await dynamoDb.call("TransactWriteItems", { TransactItems: [] });
  const [one, other] = aws.calls.map(({ body }) => JSON.parse(body).ClientRequestToken);
  expect(one).toMatch(/^[0-9a-f-]{36}$/);
  expect(other).not.toBe(one);
});

test("a trace goes on through the call, and is not signed", async () => {
  await using aws = await scripted([200, {}]);
  vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-2-3");
  await twinOf("Query").ours();
  const { "x-amzn-trace-id": traceId, authorization } = aws.calls[0]?.headers ?? {};
  expect(traceId).toBe("Root=1-2-3");
  expect(authorization).not.toContain("x-amzn-trace-id");
});

test("without region or credentials no call is made", async () => {
  await using aws = await scripted([200, {}]);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
  await expect(twinOf("Query").ours()).rejects.toThrow("no AWS_REGION or no AWS credentials");
  expect(aws.calls).toEqual([]);
});
