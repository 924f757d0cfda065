/** examples/events-in as docs/events-in.md runs it on this machine, with the package and AWS's own SDK. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { subscribe } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { type Receiver, startReceiver } from "../support/network/receiver.ts";
import { root } from "../support/process/program.ts";
import { api } from "../support/service/api.ts";
import { operatorCredentials } from "../support/service/engine-access.ts";
import { type LocalRun, startLocalRun } from "../support/service/local-run.ts";
import { installPackage, packPackages } from "../support/service/package.ts";

const Operator = z.catchall(
  z.object({
    AWS_ENDPOINT_URL_SQS: z.string(),
    AWS_ENDPOINT_URL_SNS: z.string(),
    AWS_ENDPOINT_URL_EVENTBRIDGE: z.string(),
    ShopQueue: z.string(),
    ShopBus: z.string(),
    NewsTopic: z.string(),
    UploadsQueue: z.string(),
  }),
  z.string(),
);

let folder: string;
let run: LocalRun;
let receiver: Receiver;
let operator: z.infer<typeof Operator>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hookcast-events-"));
  const app = join(folder, "app");
  cpSync(join(root, "examples/events-in"), app, { recursive: true });
  installPackage(packPackages(folder, "cdk"), "@hookcast/cdk", app, [
    "aws-cdk-lib",
    "constructs",
    "zod",
  ]);
  const template = join(folder, "cdk.out");
  // As `cdk synth -c local=true` does.
  const CDK_CONTEXT_JSON = JSON.stringify({ local: "true" });
  execFileSync(process.execPath, ["app.js"], {
    cwd: app,
    env: { PATH: process.env.PATH, CDK_OUTDIR: template, CDK_CONTEXT_JSON },
  });
  run = await startLocalRun({ template });
  receiver = await startReceiver();
  operator = Operator.parse(JSON.parse(readFileSync(join(run.dataDir, "operator.json"), "utf8")));
  const call = api(run.url, run.key);
  for (const [cacheName, topicName] of [
    ["orders", "paid"],
    ["news", "posted"],
    ["files", "created"],
  ] as const) {
    await subscribe(call, receiver, { cacheName, webhookName: "all", topicName });
  }
}, 600_000);

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function client(endpoint: string) {
  return { region: "us-east-1", credentials: operatorCredentials(operator), endpoint };
}

const Body = z.object({ type: z.string(), data: z.unknown() });

/** The verified POST to a webhook whose message has this value. */
function received(path: string, value: unknown) {
  return eventually(() =>
    receiver.deliveries.find((delivery) => {
      const isThere = JSON.stringify(bodyOf(delivery).data) === JSON.stringify(value);
      return isThere && delivery.path === path && delivery.refusal === undefined;
    }),
  );
}

function bodyOf({ body }: Receiver["deliveries"][number]) {
  return Body.parse(JSON.parse(body.toString()));
}

/** What a source's dead-letter queue holds. */
async function deadLetterOf(source: string) {
  const sqs = new SQS(client(operator.AWS_ENDPOINT_URL_SQS));
  const { QueueUrls = [] } = await sqs.listQueues({});
  const QueueUrl = QueueUrls.find((url) => url.includes(`Ingest${source}DeadLetters`));
  if (QueueUrl === undefined) throw new Error(`there is no dead-letter queue of ${source}`);
  const { Messages: [message] = [] } = await sqs.receiveMessage({
    ...{ QueueUrl, MessageAttributeNames: ["All"] },
  });
  return message;
}

const S3Notification = z.object({
  Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })),
});

test("a message in the queue arrives as a verified POST", async () => {
  const sqs = new SQS(client(operator.AWS_ENDPOINT_URL_SQS));
  const entry = { cacheName: "orders", topicName: "paid", value: { by: "queue" } };
  await sqs.sendMessage({ QueueUrl: operator.ShopQueue, MessageBody: JSON.stringify(entry) });
  await received("/orders/all", entry.value);
});

test("an event on the bus arrives as a verified POST, and one that no rule wants does not", async () => {
  const bus = new EventBridge(client(operator.AWS_ENDPOINT_URL_EVENTBRIDGE));
  const put = (DetailType: string, id: string) => ({
    ...{ EventBusName: operator.ShopBus, Source: "shop", DetailType },
    ...{ Detail: JSON.stringify({ id }), Time: new Date("2026-02-03T04:05:06Z") },
  });
  const { FailedEntryCount } = await bus.putEvents({
    Entries: [put("order sent", "sent"), put("order paid", "paid")],
  });
  expect(FailedEntryCount).toBe(0);
  const time = "2026-02-03T04:05:06Z";
  const { body } = await received("/orders/all", { order: "paid", time });
  expect(JSON.parse(body.toString()).type).toBe("order.paid");
  expect(receiver.deliveries.map((delivery) => `${delivery.body}`).join()).not.toContain("sent");
});

test("messages of the topic arrive as verified POSTs, one by one and as a batch", async () => {
  const sns = new SNS(client(operator.AWS_ENDPOINT_URL_SNS));
  const TopicArn = operator.NewsTopic;
  await sns.publish({ TopicArn, Message: '{"title":"JSON & more"}' });
  await sns.publishBatch({
    TopicArn,
    PublishBatchRequestEntries: [{ Id: "text", Message: "no JSON" }],
  });
  await received("/news/all", { title: "JSON & more" });
  await received("/news/all", "no JSON");
});

test("what S3 says of a new object arrives as a verified POST, and its test event does not", async () => {
  const command = "node examples/events-in/upload.js .hookcast/operator.json";
  expect(readFileSync(join(root, "docs/events-in.md"), "utf8")).toContain(`\n${command}\n`);
  const [, program = ""] = command.split(" ");
  const send = () =>
    execFileSync(process.execPath, [program, join(run.dataDir, "operator.json")], { cwd: root });
  const arrived = () => receiver.deliveries.filter(({ path }) => path === "/files/all");
  send();
  await eventually(() => arrived().length >= 1);
  // Whatever came of the first test event, it has come before the second notification.
  send();
  await eventually(() => arrived().length >= 2);
  const keys = arrived().map((delivery) => {
    expect(delivery.refusal).toBeUndefined();
    return S3Notification.parse(bodyOf(delivery).data).Records[0]?.s3.object.key;
  });
  expect(keys).toEqual(["invoices/2026+02.pdf", "invoices/2026+02.pdf"]);
  expect(await deadLetterOf("Uploads")).toBeUndefined();
});

test("an event that lacks what the rule asks for is kept with the reason", async () => {
  const bus = new EventBridge(client(operator.AWS_ENDPOINT_URL_EVENTBRIDGE));
  await bus.putEvents({
    Entries: [
      { EventBusName: operator.ShopBus, Source: "shop", DetailType: "order paid", Detail: "{}" },
    ],
  });
  const dead = await eventually(() => deadLetterOf("Shop"));
  const reason = dead.MessageAttributes?.["hookcast-reason"]?.StringValue;
  expect(reason).toContain("order has no value");
});
