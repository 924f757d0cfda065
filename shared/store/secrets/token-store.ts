import * as z from "zod/mini";
import { TokenRecord, type WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import { readEnv } from "../../runtime/env.ts";
import { keys } from "../keys.ts";
import { type Database, dynamoDatabase } from "../table/database.ts";
import { removing } from "../table/rows.ts";

/** Whose token it is, and the auth that it is given for. */
export interface TokenOwner extends Pick<WebhookRecord, "webhookId" | "cacheName"> {
  readonly authId: string;
}

export interface TokenStore {
  /** The webhook's token, unless it was given for other auth than this. */
  find(owner: TokenOwner): Promise<TokenRecord | undefined>;
  /** Returns whether it is ours to fetch the next one until then. */
  lease(owner: TokenOwner, nowMs: number, untilMs: number): Promise<boolean>;
  /** Keeps a token, and ends the lease that ends then. */
  put(
    owner: TokenOwner,
    leaseUntilMs: number,
    token: Required<Pick<TokenRecord, "sealedToken" | "tokenUntilMs">>,
  ): Promise<void>;
  /** Ends the lease, where no token came of it. */
  release(owner: TokenOwner, leaseUntilMs: number): Promise<void>;
}

/** How long a row stays that is of no use any more, so that clocks may differ. */
const keptSeconds = 3_600;

export function openTokenStore(database: Database = dynamoDatabase): TokenStore {
  const table = database.open(readEnv("WEBHOOKS_TABLE").WEBHOOKS_TABLE);

  const isOurs = ({ authId }: TokenOwner, leaseUntilMs: number) => ({
    text: "authId = :authId AND leaseUntilMs = :lease",
    values: { ":authId": authId, ":lease": leaseUntilMs },
  });

  return {
    async find({ webhookId, authId }) {
      const row = await table.get(keys.token(webhookId));
      const record = row && z.parse(TokenRecord, row);
      return record?.authId === authId ? record : undefined;
    },
    async lease({ webhookId, cacheName, authId }, nowMs, untilMs) {
      const update = {
        text: "SET v = :v, webhookId = :webhookId, cacheName = :cacheName, authId = :authId, leaseUntilMs = :until, expiresAt = :expiresAt",
        values: {
          ":v": 1,
          ":webhookId": webhookId,
          ":cacheName": cacheName,
          ":authId": authId,
          ":until": untilMs,
          ":expiresAt": Math.ceil(untilMs / 1000) + keptSeconds,
        },
      };
      // The old token stays no longer: it has expired, was refused, or is of other auth.
      const leased = await table.update(
        keys.token(webhookId),
        removing(update, "sealedToken", "tokenUntilMs"),
        {
          text: "attribute_not_exists(leaseUntilMs) OR leaseUntilMs <= :now OR authId <> :authId",
          values: { ":now": nowMs, ":authId": authId },
        },
      );
      return leased !== undefined;
    },
    async put(owner, leaseUntilMs, { sealedToken, tokenUntilMs }) {
      const update = {
        text: "SET sealedToken = :token, tokenUntilMs = :until, expiresAt = :expiresAt",
        values: {
          ":token": sealedToken,
          ":until": tokenUntilMs,
          ":expiresAt": Math.ceil(tokenUntilMs / 1000) + keptSeconds,
        },
      };
      const written = removing(update, "leaseUntilMs");
      await table.update(keys.token(owner.webhookId), written, isOurs(owner, leaseUntilMs));
    },
    async release(owner, leaseUntilMs) {
      const update = { text: "REMOVE leaseUntilMs" };
      await table.update(keys.token(owner.webhookId), update, isOurs(owner, leaseUntilMs));
    },
  };
}
