/** Sends to the local run's queue what S3 sends in AWS: once when a bucket is connected, and then for each object. */
import { readFile } from "node:fs/promises";
import { SQS } from "@aws-sdk/client-sqs";

const [, , operatorFile = ".hookcast/operator.json"] = process.argv;
const operator = JSON.parse(await readFile(operatorFile, "utf8"));
const sqs = new SQS({
  region: "us-east-1",
  endpoint: operator.AWS_ENDPOINT_URL_SQS,
  credentials: {
    accessKeyId: operator.AWS_ACCESS_KEY_ID,
    secretAccessKey: operator.AWS_SECRET_ACCESS_KEY,
  },
});

const bucket = "uploads";
const testEvent = {
  Service: "Amazon S3",
  Event: "s3:TestEvent",
  Time: "2026-02-03T04:05:06.789Z",
  Bucket: bucket,
  RequestId: "5582815E1AEA5ADF",
  HostId: "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE",
};
const objectCreated = {
  Records: [
    {
      eventVersion: "2.6",
      eventSource: "aws:s3",
      awsRegion: "us-east-1",
      eventTime: "2026-02-03T04:06:07.890Z",
      eventName: "ObjectCreated:Put",
      userIdentity: { principalId: "AIDAJDPLRKLG7UEXAMPLE" },
      requestParameters: { sourceIPAddress: "127.0.0.1" },
      responseElements: {
        "x-amz-request-id": "C3D13FE58DE4C810",
        "x-amz-id-2": "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD",
      },
      s3: {
        s3SchemaVersion: "1.0",
        configurationId: "Uploads",
        bucket: {
          name: bucket,
          ownerIdentity: { principalId: "A3NL1KOZZKExample" },
          arn: `arn:aws:s3:::${bucket}`,
        },
        object: {
          key: "invoices/2026+02.pdf",
          size: 1024,
          eTag: "d41d8cd98f00b204e9800998ecf8427e",
          sequencer: "0055AED6DCD90281E5",
        },
      },
    },
  ],
};
for (const body of [testEvent, objectCreated]) {
  await sqs.sendMessage({ QueueUrl: operator.UploadsQueue, MessageBody: JSON.stringify(body) });
}
