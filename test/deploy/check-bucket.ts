import { SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import aws4 from "aws4";
import * as z from "zod/mini";
import { clientConfig } from "../conformance/credentials.ts";
import { openClient } from "../contract/client.ts";
import { readDocument } from "../contract/document/document.ts";
import { subscribe } from "../contract/webhooks.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import type { StackOutputs } from "./cdk.ts";
import type { ServiceVariables } from "./deployed-service.ts";
import type { Emulator } from "./emulator.ts";

/** A source for a bucket, as a setting of the stack. */
export const bucketSource = {
  name: "uploads",
  caches: ["files"],
  wrap: { cacheName: "files", topicName: "created" },
};

const bucket = "uploads-of-a-test";
const key = "invoices/2026.pdf";

const Arrived = z.object({
  data: z.object({
    Records: z.array(
      z.object({
        eventName: z.string(),
        s3: z.object({
          bucket: z.object({ name: z.string() }),
          object: z.object({ key: z.string() }),
        }),
      }),
    ),
  }),
});

/** Connects a bucket with the source's queue, and puts an object: S3's own words arrive as a signed POST, once. */
export async function checkBucket(
  { endpoint }: Emulator,
  { HOOKCAST_URL, HOOKCAST_KEY }: ServiceVariables,
  { IngestQueueUploads: queueUrl = "" }: StackOutputs,
): Promise<void> {
  await using receiver = await startReceiver();
  const client = openClient({ url: HOOKCAST_URL }, HOOKCAST_KEY, await readDocument(HOOKCAST_URL));
  const { path } = await subscribe(
    client,
    receiver,
    { cacheName: "files", webhookName: "all" },
    { topicName: "created" },
  );
  await letS3Send(endpoint, queueUrl);
  const put = (resource: string, body: string) => putToS3(endpoint, resource, body);
  await put(`/${bucket}`, "");
  // Which makes S3 send its test event.
  await put(`/${bucket}?notification`, notificationTo(arnOf(queueUrl)));
  await put(`/${bucket}/${key}`, "what the object holds");

  const delivery = await eventually(
    () => receiver.deliveries.find((delivery) => delivery.path === path),
    { timeoutMs: 60_000 },
  );
  if (delivery.refusal) throw new Error(`not verified: ${delivery.refusal}`);
  const { Records } = Arrived.parse(JSON.parse(delivery.body.toString())).data;
  const [record] = Records;
  const told = `${record?.eventName} ${record?.s3.bucket.name}/${record?.s3.object.key}`;
  if (told !== `ObjectCreated:Put ${bucket}/${key}`) throw new Error(`what arrived is ${told}`);
  await client.close();
}

/** What the construct's queue is given where a bucket's notifications are added to it. */
async function letS3Send(endpoint: string, QueueUrl: string): Promise<void> {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: arnOf(QueueUrl),
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const sqs = new SQSClient(clientConfig(endpoint));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  sqs.destroy();
}

function notificationTo(queueArn: string): string {
  const to = `<Queue>${queueArn}</Queue><Event>s3:ObjectCreated:*</Event>`;
  return `<NotificationConfiguration><QueueConfiguration>${to}</QueueConfiguration></NotificationConfiguration>`;
}

async function putToS3(endpoint: string, path: string, body: string): Promise<void> {
  const { host } = new URL(endpoint);
  const request = { host, path, method: "PUT", service: "s3", region: "us-east-1", body };
  const { headers } = aws4.sign(request, { accessKeyId: "test", secretAccessKey: "test" });
  const { host: _, ...others } = Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const answer = await fetch(`${endpoint}${path}`, { method: "PUT", headers: others, body });
  if (!answer.ok)
    throw new Error(`S3 answered ${answer.status} to PUT ${path}: ${await answer.text()}`);
}

function arnOf(queueUrl: string): string {
  return `arn:aws:sqs:us-east-1:000000000000:${queueUrl.slice(queueUrl.lastIndexOf("/") + 1)}`;
}
