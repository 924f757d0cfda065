import type { SQSEvent, SQSRecord } from "aws-lambda";

export const sentTimeMs = 1_706_138_428_000;

/** A record as SQS hands it to a function; anything but a text goes as JSON. */
export function sqsRecord(messageId: string, body: unknown, receiveCount = 1): SQSRecord {
  return {
    messageId,
    receiptHandle: `${messageId}-handle`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentTimeMs),
      SenderId: "sender",
      ApproximateFirstReceiveTimestamp: String(sentTimeMs),
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:Queue",
    awsRegion: "us-east-1",
  };
}

export function sqsEvent(...records: SQSRecord[]): SQSEvent {
  return { Records: records };
}
