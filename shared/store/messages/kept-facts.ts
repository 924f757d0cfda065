import * as z from "zod/mini";
import { MessageMetadata } from "../../contract/jobs.ts";

/** Facts as a row holds them. */
export const KeptFacts = z.record(z.string(), z.unknown());
type KeptFacts = z.infer<typeof KeptFacts>;

/** Which row it is: its key says so, and need not be paid for twice. */
type Identity = Pick<MessageMetadata, "messageId" | "cacheName">;

const absent = { event: null, productId: null, sequenceNumber: null };

/**
 * What a row must hold of the facts; DynamoDB bills each begun kilobyte, and the names of nothing but nulls
 * are a good part of one.
 */
export function keptFacts({ messageId, cacheName, ...others }: MessageMetadata): KeptFacts {
  return Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null));
}

/** All facts again. */
export function factsFrom(kept: KeptFacts, identity: Identity): MessageMetadata {
  return z.parse(MessageMetadata, { ...absent, ...identity, ...kept });
}
