import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Host, startHost } from "../../../local/host.ts";
import { eventually } from "../../support/eventually.ts";
import { functionResources, routeResources, temporaryFolder, writeAssembly } from "./assembly.ts";

const Queue = { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 1 } };
const Api = { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP" } };
const queueArn = { "Fn::GetAtt": ["Queue", "Arn"] };
const consumerRights = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

const send = `
import { SendMessageCommand, SQSClient } from ${JSON.stringify(import.meta.resolve("@aws-sdk/client-sqs"))};
const sqs = new SQSClient({});
export async function handler(event) {
  const input = { QueueUrl: process.env.QUEUE_URL, MessageBody: event.body };
  const error = await sqs.send(new SendMessageCommand(input)).then(() => undefined, (error) => error);
  return error
    ? { statusCode: error.$metadata.httpStatusCode, body: error.message }
    : { statusCode: 200, body: "sent" };
}`;

const consume = `
let failures = 0;
export async function handler({ Records }) {
  for (const { body, messageId, attributes } of Records) {
    if (body === "twice" && attributes.ApproximateReceiveCount === "1") {
      return { batchItemFailures: [{ itemIdentifier: messageId }] };
    }
    console.log("consumed", body, attributes.ApproximateReceiveCount);
  }
}`;

function template(sendRights: string[]) {
  return {
    Resources: {
      Queue,
      Api,
      ...functionResources(
        "Send",
        { Environment: { Variables: { QUEUE_URL: { Ref: "Queue" } } } },
        [[sendRights, queueArn]],
      ),
      ...functionResources("Consume", {}, [[consumerRights, queueArn]]),
      ...routeResources("SendRoute", "Send", "POST /send"),
      Mapping: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: {
          EventSourceArn: queueArn,
          FunctionName: { Ref: "Consume" },
          FunctionResponseTypes: ["ReportBatchItemFailures"],
        },
      },
    },
    Outputs: { WorkQueue: { Value: { Ref: "Queue" } }, Other: { Value: "x" } },
  };
}

async function host(stack: object, lines: string[] = [], dataDir?: string): Promise<Host> {
  const started = await startHost({
    assembly: await writeAssembly(stack, { Send: send, Consume: consume }),
    dataDir: dataDir ?? (await temporaryFolder()),
    port: 0,
    log: (line) => lines.push(line),
  });
  onTestFinished(started.close);
  return started;
}

test("takes a request through a function and a queue to the queue's consumer", async () => {
  const lines: string[] = [];
  const { url } = await host(template(["sqs:SendMessage"]), lines);
  const answer = await fetch(`${url}/send`, { method: "POST", body: "hello", headers: text });
  expect(answer.status).toBe(200);
  await eventually(() => lines.includes("[Consume] consumed hello 1"));
});

test("brings a message back that its consumer reports as failed", async () => {
  const lines: string[] = [];
  const { url } = await host(template(["sqs:SendMessage"]), lines);
  await fetch(`${url}/send`, { method: "POST", body: "twice", headers: text });
  await eventually(() => lines.includes("[Consume] consumed twice 2"));
});

test("refuses a call that the function's policy does not allow", async () => {
  const { url } = await host(template(["sqs:GetQueueUrl"]));
  const answer = await fetch(`${url}/send`, { method: "POST", body: "hello", headers: text });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain("sqs:SendMessage");
});

test("does not start when a function may not read its queue", async () => {
  const stack = template([]);
  const start = host({
    ...stack,
    Resources: { ...stack.Resources, ...functionResources("Consume") },
  });
  await expect(start).rejects.toThrow(/Mapping: .*sqs:GetQueueAttributes/);
});

test("keeps what is queued over a restart", async () => {
  const dataDir = await temporaryFolder();
  const stack = template(["sqs:SendMessage"]);
  const { Mapping: _, ...Resources } = stack.Resources;
  const first = await host({ ...stack, Resources }, [], dataDir);
  await fetch(`${first.url}/send`, { method: "POST", body: "kept", headers: text });
  await first.close();

  const lines: string[] = [];
  await host(stack, lines, dataDir);
  await eventually(() => lines.includes("[Consume] consumed kept 1"));
});

test("leaves operators the way to the engines and the names of tables and queues, for their eyes only", async () => {
  const dataDir = await temporaryFolder();
  const file = join(dataDir, "operator.json");
  // As an older run, or another program, may have left it.
  await writeFile(file, "{}");
  await chmod(file, 0o644);
  await chmod(dataDir, 0o755);
  const { operatorEnv } = await host(template([]), [], dataDir);
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(operatorEnv);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(operatorEnv).toMatchObject({
    AWS_ACCESS_KEY_ID: "operator",
    AWS_SECRET_ACCESS_KEY: expect.stringMatching(/^[\w-]{43}$/),
    AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    WorkQueue: `${operatorEnv.AWS_ENDPOINT_URL_SQS}/000000000000/Queue`,
  });
  expect(operatorEnv).not.toHaveProperty("Other");
});

test("counts invocations and the calls that each function makes", async () => {
  const { url, functions, calls } = await host(template(["sqs:SendMessage"]));
  await fetch(`${url}/send`, { method: "POST", body: "hello", headers: text });
  const { Send } = await functions();
  expect(Send).toMatchObject({ invocations: 1, failures: 0, initMs: [expect.any(Number)] });
  expect(Send?.cpuMs).toBeGreaterThan(0);
  expect(await calls()).toContainEqual(
    expect.objectContaining({ accessKeyId: "Send", action: "SendMessage", calls: 1 }),
  );
});

const text = { "content-type": "text/plain" };
