import * as z from "zod/mini";
import { ingestAttributes } from "../contract/ingest.ts";
import { printable } from "../contract/values/printable.ts";
import { type QueueIdentity, sealIdentity } from "../domain/messages/ingest-identity.ts";
import {
  escapeForSqs,
  type QueueLookup,
  type Sender,
  sendOrThrow,
  sqsLookup,
  sqsSender,
} from "./send-batch.ts";

/** A body that is refused, and whose it is. */
export interface RefusedBody {
  readonly body: string;
  readonly identity: QueueIdentity;
  readonly reason: string;
}

const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });
const maxReasonCharacters = 1_000;

export interface IngestDeadLetters {
  /** Throws unless the dead-letter queue of that queue took all of them. */
  send(queueArn: string, bodies: readonly RefusedBody[]): Promise<void>;
}

/** The dead-letter queue of an ingest queue is asked for once: variables have no room for so many addresses. */
export function openIngestDeadLetters(
  queueFolder: string,
  sealKey: () => Promise<Uint8Array>,
  sender: Sender = sqsSender,
  lookup: QueueLookup = sqsLookup,
): IngestDeadLetters {
  const known = new Map<string, string>();
  const deadLettersOf = async (queueArn: string) => {
    const url = known.get(queueArn) ?? queueFolder + nameIn(await policyOf(queueArn));
    known.set(queueArn, url);
    return url;
  };
  const policyOf = async (queueArn: string) => {
    const policy = await lookup.redrivePolicy(queueFolder + nameIn(queueArn));
    return z.parse(RedrivePolicy, JSON.parse(policy)).deadLetterTargetArn;
  };

  return {
    async send(queueArn, bodies) {
      const [url, key] = await Promise.all([deadLettersOf(queueArn), sealKey()]);
      const messages = bodies.map(({ body, identity, reason }) => ({
        body,
        attributes: {
          [ingestAttributes.reason]: escapeForSqs(printable(reason.slice(0, maxReasonCharacters))),
          [ingestAttributes.identity]: sealIdentity(identity, key),
        },
      }));
      await sendOrThrow(sender, url, ...messages);
    },
  };
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}
