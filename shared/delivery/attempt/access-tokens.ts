import { type OutgoingRequest, userAgent } from "../../domain/requests/outgoing-request.ts";
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

/** Far more than any token; a longer answer is cut, and then is none. */
const maxAnswerBytes = 16_384;
const maxTokenCharacters = 8_192;

interface TokenPost {
  /** Whose names it may look up. */
  readonly cacheName: string;
  readonly timeoutMs: number;
}

/** The request for an access token (RFC 6749, section 4.4.2). */
export function tokenRequest(
  { tokenUrl, clientId, scope, audience, clientAuthentication }: StoredOAuth2,
  clientSecret: string,
  asking: TokenPost,
): OutgoingRequest {
  const isPost = clientAuthentication === "post";
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    ...(scope !== undefined && { scope }),
    ...(audience !== undefined && { audience }),
    ...(isPost && { client_id: clientId, client_secret: clientSecret }),
  });
  // Section 2.3.1: both are encoded as forms are, before they are joined.
  const credentials = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`;
  return {
    ...asking,
    url: tokenUrl,
    headers: {
      ...(!isPost && { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` }),
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
      "user-agent": userAgent,
      "accept-encoding": "identity",
    },
    body: Buffer.from(form.toString()),
    bytesKept: maxAnswerBytes,
  };
}

function formEncoded(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1);
}

export interface Token {
  readonly token: string;
  readonly lifeSeconds: number;
}

/** What a server may say that gives no lifetime, and the longest that is believed. */
const usualLifeSeconds = 300;
const maxLifeSeconds = 86_400;

/** What a good answer of the token endpoint gives, or undefined where it gives no token that can be sent. */
export function tokenIn(body: string): Token | undefined {
  const answer = parsed(body);
  if (typeof answer !== "object" || answer === null) return undefined;
  const {
    access_token: token,
    token_type: type,
    expires_in: life,
  } = answer as Record<string, unknown>; // whatever it holds
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) return undefined;
  if (token.length > maxTokenCharacters) return undefined;
  if (typeof type !== "string" || type.toLowerCase() !== "bearer") return undefined;
  const seconds = Number(life ?? usualLifeSeconds);
  if (!Number.isFinite(seconds) || seconds < 0) return undefined;
  return { token, lifeSeconds: Math.min(seconds, maxLifeSeconds) };
}

/** The errors of RFC 6749, section 5.2. Nothing else that the server says is repeated: it may hold what it was sent. */
const errors = [
  ...["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client"],
  ...["unsupported_grant_type", "invalid_scope"],
];

/** Why it gave none, in words that hold no secret. */
export function refusalIn(statusCode: number, body: string): string {
  if (statusCode >= 200 && statusCode <= 299) return "the answer holds no bearer token";
  if (statusCode >= 300 && statusCode <= 399)
    return `HTTP ${statusCode}, and redirects are not followed`;
  const answer = parsed(body);
  const said = typeof answer === "object" && answer && "error" in answer ? answer.error : undefined;
  const error = errors.find((known) => known === said);
  return error ? `HTTP ${statusCode} (${error})` : `HTTP ${statusCode}`;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
