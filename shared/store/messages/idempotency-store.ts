import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";

/** What a publish with an `Idempotency-Key` asks for. */
export interface ClaimRequest {
  readonly cacheName: string;
  readonly topicName: string;
  readonly idempotencyKey: string;
  /** Hash over all that must be the same for it to be the same request. */
  readonly requestHash: string;
  readonly messageId: string;
  readonly nowMs: number;
}

/** An `Idempotency-Key` is one of its topic. */
export type ClaimedKey = Pick<ClaimRequest, "cacheName" | "topicName" | "idempotencyKey">;

const Claim = z.object({ messageId: z.string(), requestHash: z.string(), sent: z.boolean() });
/** The publish that came first under this key. `sent` tells whether the queue had accepted all of it. */
export type Claim = z.infer<typeof Claim>;

export interface IdempotencyStore {
  /** Takes the key, or answers the claim of who took it within the last 24 hours. */
  claim(request: ClaimRequest): Promise<Claim | undefined>;
  find(key: ClaimedKey): Promise<Claim | undefined>;
  markSent(request: ClaimRequest): Promise<void>;
}

const lifetimeSeconds = 24 * 3600;

export function openIdempotencyStore(database: Database = dynamoDatabase): IdempotencyStore {
  const table = database.open(readEnv("MESSAGES_TABLE").MESSAGES_TABLE);

  return {
    async claim(request) {
      const { messageId, requestHash, nowMs } = request;
      const nowSeconds = Math.floor(nowMs / 1000);
      const row = {
        ...keyOf(request),
        v: 1,
        messageId,
        requestHash,
        sent: false,
        expiresAt: nowSeconds + lifetimeSeconds,
      };
      // DynamoDB deletes expired rows late, so an expired one must not stand in the way.
      const standing = await table.put(row, {
        text: "attribute_not_exists(pk) OR expiresAt <= :now",
        values: { ":now": nowSeconds },
      });
      return standing && z.parse(Claim, standing);
    },
    async find(request) {
      const row = await table.get(keyOf(request));
      return row && z.parse(Claim, row);
    },
    async markSent(request) {
      await table.update(keyOf(request), { text: "SET sent = :yes", values: { ":yes": true } });
    },
  };
}

function keyOf({ cacheName, topicName, idempotencyKey }: ClaimedKey) {
  const hash = createHash("sha256").update(idempotencyKey).digest("hex");
  return keys.idempotency(cacheName, topicName, hash);
}
