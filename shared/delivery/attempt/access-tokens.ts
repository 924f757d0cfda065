import { refusalIn, tokenIn, tokenRequest } from "../../domain/requests/token-request.ts";
import type { StoredOAuth2, WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { WebhookClient } from "../../http/webhook-client.ts";
import type { Timers } from "../../runtime/timers.ts";
import type { TokenStore } from "../../store/secrets/token-store.ts";
import type { Vault } from "../../store/secrets/vault.ts";

/** What an attempt may send, or why it has nothing to send: in words, without secrets. */
export type Access =
  /** One that is fresh was fetched for this attempt: another one would be no better. */
  | { readonly token: string; readonly isFresh: boolean }
  | { readonly error: string; readonly isTimeout: boolean };

export interface Asking {
  readonly client: WebhookClient;
  /** What is left of the attempt's deadline. */
  readonly timeoutMs: number;
  /** The token that the receiver has just refused. */
  readonly refused?: string;
}

export interface AccessTokens {
  /** Never throws for what a token endpoint does. */
  tokenFor(webhook: WebhookRecord, auth: StoredOAuth2, asking: Asking): Promise<Access>;
}

export interface AccessTokenDeps {
  readonly tokens: TokenStore;
  readonly vault: Pick<Vault, "sealText" | "openText">;
  readonly timers: Timers;
  readonly now: () => number;
}

/** Webhooks whose tokens one environment remembers. */
const maxRemembered = 1_000;
/** How often it is looked whether another environment has fetched the token. */
const lookAgainMs = 250;
/** A lease outlives the request that it is for by so long, since the token has yet to be stored. */
const leaseReserveMs = 2_000;
const maxMarginMs = 30_000;

const tooLate = { error: "token endpoint: no answer in time", isTimeout: true } as const;

/**
 * Access tokens of webhooks, in memory and in a row for all environments. One environment at a time asks a token
 * endpoint for a webhook, and within it one delivery: a new token for thousands of deliveries is one request.
 */
export function openAccessTokens({ tokens, vault, timers, now }: AccessTokenDeps): AccessTokens {
  const known = new Map<string, { readonly token: string; readonly untilMs: number }>();
  const pending = new Map<string, Promise<Access>>();

  const remember = (key: string, token: string, untilMs: number) => {
    known.delete(key);
    known.set(key, { token, untilMs });
    if (known.size > maxRemembered) known.delete(known.keys().next().value ?? key);
  };

  const fetchToken = async (
    webhook: WebhookRecord,
    auth: StoredOAuth2,
    { client, timeoutMs }: Asking,
    leaseUntilMs: number,
  ): Promise<Access> => {
    const owner = { ...webhook, authId: auth.id };
    const secret = await vault.openText(webhook.webhookId, "auth", webhook.sealedAuth ?? "");
    const request = tokenRequest(auth, secret.reveal(), {
      cacheName: webhook.cacheName,
      timeoutMs,
    });
    const { outcome, responseBody } = await client.post(request);
    const isGood =
      outcome.kind === "answer" && outcome.statusCode >= 200 && outcome.statusCode <= 299;
    const given = isGood ? tokenIn(responseBody) : undefined;
    if (!given) {
      await tokens.release(owner, leaseUntilMs);
      if (outcome.kind === "answer") {
        const reason = refusalIn(outcome.statusCode, responseBody);
        return { error: `token endpoint: ${reason}`, isTimeout: false };
      }
      const isTimeout = outcome.kind === "unreachable" && outcome.isTimeout === true;
      return { error: `token endpoint: ${outcome.error}`, isTimeout };
    }
    const lifeMs = given.lifeSeconds * 1000;
    const tokenUntilMs = Math.floor(now() + lifeMs - Math.min(maxMarginMs, lifeMs / 10));
    const sealedToken = await vault.sealText(webhook.webhookId, "token", given.token);
    await tokens.put(owner, leaseUntilMs, { sealedToken, tokenUntilMs });
    remember(keyOf(webhook, auth), given.token, tokenUntilMs);
    return { token: given.token, isFresh: true };
  };

  /** From the row, where another environment has put one; else by the lease, or after whoever has that. */
  const obtain = async (
    webhook: WebhookRecord,
    auth: StoredOAuth2,
    asking: Asking,
  ): Promise<Access> => {
    const owner = { ...webhook, authId: auth.id };
    const endMs = now() + asking.timeoutMs;
    for (;;) {
      const record = await tokens.find(owner);
      const { sealedToken, tokenUntilMs = 0 } = record ?? {};
      if (sealedToken !== undefined && now() < tokenUntilMs) {
        const token = (await vault.openText(webhook.webhookId, "token", sealedToken)).reveal();
        if (token !== asking.refused) {
          remember(keyOf(webhook, auth), token, tokenUntilMs);
          return { token, isFresh: false };
        }
      }
      const leftMs = endMs - now();
      if (leftMs <= 0) return tooLate;
      const leaseUntilMs = now() + leftMs + leaseReserveMs;
      if (await tokens.lease(owner, now(), leaseUntilMs)) {
        return fetchToken(webhook, auth, { ...asking, timeoutMs: leftMs }, leaseUntilMs);
      }
      await timers.wait(Math.min(lookAgainMs, leftMs));
    }
  };

  return {
    async tokenFor(webhook, auth, asking) {
      const key = keyOf(webhook, auth);
      const held = known.get(key);
      if (held && held.token !== asking.refused && now() < held.untilMs) {
        return { token: held.token, isFresh: false };
      }
      known.delete(key);
      const before = pending.get(key);
      if (before) return before;
      const obtained = obtain(webhook, auth, asking).finally(() => pending.delete(key));
      pending.set(key, obtained);
      return obtained;
    },
  };
}

function keyOf({ webhookId }: WebhookRecord, { id }: StoredOAuth2): string {
  return `${webhookId}/${id}`;
}
