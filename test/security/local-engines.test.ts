/** Who may call the engines of a local run: those alone that have a secret of this run. */
import { request } from "undici";
import { beforeAll, describe, expect, test } from "vitest";
import type { Credentials } from "../../local/aws/secrets.ts";
import { operatorCredentials } from "../support/service/engine-access.ts";
import { type LocalStack, startLocalStack } from "../support/service/local-stack.ts";
import { type Call, signedCallHeaders } from "../support/signed-call.ts";

let run: LocalStack;
let operator: Credentials;

beforeAll(async () => {
  run = await startLocalStack();
  operator = operatorCredentials(run.operatorEnv);
  return run.close;
});

const TopicArn = "arn:aws:sns:us-east-1:000000000000:Topic";
const event = { Source: "shop", DetailType: "paid", Detail: "{}" };

const services = {
  sqs: { variable: "AWS_ENDPOINT_URL_SQS", target: "AmazonSQS.ListQueues", body: "{}" },
  dynamodb: {
    variable: "AWS_ENDPOINT_URL_DYNAMODB",
    target: "DynamoDB_20120810.ListTables",
    body: "{}",
  },
  kms: {
    variable: "AWS_ENDPOINT_URL_KMS",
    target: "TrentService.GenerateDataKey",
    body: JSON.stringify({ KeyId: "Key", KeySpec: "AES_256" }),
  },
  events: {
    variable: "AWS_ENDPOINT_URL_EVENTBRIDGE",
    target: "AWSEvents.PutEvents",
    body: JSON.stringify({ Entries: [event] }),
  },
  sns: {
    variable: "AWS_ENDPOINT_URL_SNS",
    // The operation is in the body; this is another header that must be signed.
    target: "none",
    body: String(new URLSearchParams({ Action: "Publish", TopicArn, Message: "m" })),
  },
};
type Service = keyof typeof services;
const names = Object.keys(services) as Service[]; // its own keys

function callOf(service: Service, of = run): Call {
  const { variable, target, body } = services[service];
  return { url: of.operatorEnv[variable] ?? "", service, target, body };
}

async function post({ url, body }: Call, headers: Record<string, string>): Promise<string> {
  const answer = await request(url, { method: "POST", headers, body });
  return `${answer.statusCode} ${await answer.body.text()}`;
}

describe.each(names)("the engine of %s", (service) => {
  const denied = service === "sqs" || service === "sns" ? "403" : "400";
  const refusal = (code: string) =>
    service === "sns"
      ? new RegExp(`^${denied} .*<Code>${code.replace("Exception", "")}<`)
      : new RegExp(`^${denied} .*#${code}`);

  test("answers whoever signs with a secret of this run", async () => {
    const call = callOf(service);
    expect(await post(call, signedCallHeaders(call, operator))).toMatch(/^200 /);
  });

  test("refuses a call without a signature", async () => {
    const { target, ...call } = callOf(service);
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": target };
    expect(await post({ target, ...call }, headers)).toMatch(
      refusal("MissingAuthenticationTokenException"),
    );
  });

  test("refuses a call that only names the operator", async () => {
    const call = callOf(service);
    const signed = signedCallHeaders(call, operator);
    const credential = /Credential=[^,]+/.exec(signed.authorization ?? "")?.[0];
    for (const signature of ["local", "", "0".repeat(64)]) {
      const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${signature}`;
      const code = signature.length === 64 ? "InvalidSignatureException" : "IncompleteSignature";
      expect(await post(call, { ...signed, authorization })).toMatch(refusal(code));
    }
  });

  test("refuses a guessed secret, and one that another run has given out", async () => {
    const call = callOf(service);
    await using another = await startLocalStack();
    for (const secretAccessKey of [
      "local",
      operatorCredentials(another.operatorEnv).secretAccessKey,
    ]) {
      const headers = signedCallHeaders(call, { ...operator, secretAccessKey });
      expect(await post(call, headers)).toMatch(refusal("InvalidSignatureException"));
    }
  });

  test("refuses a principal who signs in another's name", async () => {
    const call = callOf(service);
    const { secretAccessKey } = await run.credentialsOfFunction();
    const headers = signedCallHeaders(call, { ...operator, secretAccessKey });
    expect(await post(call, headers)).toMatch(refusal("InvalidSignatureException"));
  });

  test("refuses a signature of six minutes ago, or of the future", async () => {
    const call = callOf(service);
    for (const minutes of [-6, 6]) {
      const timeMs = Date.now() + minutes * 60_000;
      const headers = signedCallHeaders(call, { ...operator, timeMs });
      expect(await post(call, headers)).toMatch(refusal("InvalidSignatureException"));
    }
  });

  test("refuses an old signature under a new date", async () => {
    const call = callOf(service);
    const old = signedCallHeaders(call, { ...operator, timeMs: Date.now() - 6 * 60_000 });
    const now = signedCallHeaders(call, operator)["x-amz-date"] ?? "";
    expect(await post(call, { ...old, "x-amz-date": now })).toMatch(
      refusal("InvalidSignatureException"),
    );
  });

  test("refuses another body than the signed one", async () => {
    const call = callOf(service);
    const headers = signedCallHeaders(call, operator);
    const another = { ...call, body: `${call.body} ` };
    expect(await post(another, headers)).toMatch(refusal("InvalidSignatureException"));
  });

  test("refuses a signature that leaves out the host, the date or what is called", async () => {
    const call = callOf(service);
    for (const name of ["x-amz-date", "x-amz-target"]) {
      const headers = signedCallHeaders(call, { ...operator, unsigned: [name] });
      expect(await post(call, headers)).toMatch(refusal("IncompleteSignatureException"));
    }
    const { authorization = "", ...headers } = signedCallHeaders(call, operator);
    const withoutHost = { ...headers, authorization: authorization.replace("host;", "") };
    expect(await post(call, withoutHost)).toMatch(refusal("IncompleteSignatureException"));
  });

  test("hashes the body itself, whatever digest is signed", async () => {
    const call = callOf(service);
    const digest = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    const headers = signedCallHeaders(call, { ...operator, headers: digest });
    expect(await post(call, headers)).toMatch(refusal("InvalidSignatureException"));
  });

  test("refuses a signature for another service or region", async () => {
    const call = callOf(service);
    const other = service === "kms" ? "sqs" : "kms";
    const elsewhere = signedCallHeaders({ ...call, service: other }, operator);
    expect(await post(call, elsewhere)).toMatch(refusal("InvalidSignatureException"));
    const abroad = signedCallHeaders(call, { ...operator, region: "eu-west-1" });
    expect(await post(call, abroad)).toMatch(refusal("InvalidSignatureException"));
  });
});
