import * as z from "zod/mini";
import type { Credentials } from "../aws/secrets.ts";
import { callAws } from "../aws-call.ts";
import type { DirectClient } from "../direct/direct-client.mjs";

const StreamRecord = z.looseObject({
  eventName: z.string(),
  dynamodb: z.looseObject({ ApproximateCreationDateTime: z.number() }),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

const Description = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }),
});
const Iterator = z.object({ ShardIterator: z.string() });
const Page = z.object({ Records: z.array(StreamRecord), NextShardIterator: z.string() });

interface StreamClientOptions {
  endpoint: string;
  /** Another way there than HTTP. */
  direct?: DirectClient;
  streamArn: string;
  credentials: Credentials;
}

/** A stream as a function's event source sees it, with that function's rights. */
export interface StreamClient {
  /** Returns where to read from. Fails when the function may not read the stream. */
  begin: () => Promise<string>;
  read: (
    iterator: string,
    atMost: number,
  ) => Promise<{ records: readonly StreamRecord[]; next: string }>;
}

export function openStream({
  endpoint,
  direct,
  streamArn,
  credentials,
}: StreamClientOptions): StreamClient {
  const call = (action: string, input: object) =>
    callAws(
      {
        endpoint,
        ...(direct && { direct }),
        service: "dynamodb",
        target: `DynamoDBStreams_20120810.${action}`,
        credentials,
      },
      input,
    );
  return {
    begin: async () => {
      const StreamArn = streamArn;
      const { StreamDescription } = Description.parse(await call("DescribeStream", { StreamArn }));
      const ShardId = StreamDescription.Shards[0]?.ShardId;
      const wanted = { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" };
      return Iterator.parse(await call("GetShardIterator", wanted)).ShardIterator;
    },
    read: async (ShardIterator, Limit) => {
      const page = Page.parse(await call("GetRecords", { ShardIterator, Limit }));
      return { records: page.Records, next: page.NextShardIterator };
    },
  };
}
