import * as z from "zod/mini";
import type { AwsAnswer, AwsCall } from "../../faults/run/aws-proxy.ts";
import { noUsage, type Usage } from "./usage.ts";

const chunkBytes = 64 * 1024;

const Entry = z.object({ MessageBody: z.string(), MessageGroupId: z.optional(z.string()) });
const Sent = z.object({ Entries: z.array(Entry) });
const Received = z.object({ Messages: z._default(z.array(z.object({ Body: z.string() })), []) });

/** What SQS bills of one call. */
export function sqsUsage({ action, input }: AwsCall, answer: AwsAnswer): Usage {
  switch (action) {
    case "SendMessageBatch": {
      const { Entries } = Sent.parse(input);
      const requests = chunks(Entries.map(({ MessageBody }) => MessageBody));
      const isFair = Entries.some(({ MessageGroupId }) => MessageGroupId !== undefined);
      return usage(requests, isFair ? requests : 0);
    }
    case "ReceiveMessage":
      return usage(
        chunks(Received.parse(JSON.parse(answer.body)).Messages.map(({ Body }) => Body)),
      );
    case "DeleteMessageBatch":
      return usage(1);
    default:
      throw new Error(`nobody has told what ${action} costs`);
  }
}

function usage(sqsRequests: number, fairRequests = 0): Usage {
  return { ...noUsage, calls: 1, sqsRequests, fairRequests };
}

function chunks(bodies: string[]): number {
  const bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
  return Math.max(1, Math.ceil(bytes / chunkBytes));
}
