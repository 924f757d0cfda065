import { randomBytes } from "node:crypto";
import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import type { StoredSignature } from "../../contract/values/signature-recipe.ts";
import type { Attempted, AttemptRecord } from "../../domain/attempts/delivery-record.ts";
import { type Verdict, verdictOf } from "../../domain/attempts/retry-schedule.ts";
import {
  type ClientIdentity,
  type OutgoingRequest,
  outgoingRequest,
  type Target,
} from "../../domain/requests/outgoing-request.ts";
import { traceHeaders } from "../../domain/requests/trace-context.ts";
import { hideTexts } from "../../domain/webhooks/masking.ts";
import {
  type StoredAuth,
  type StoredOAuth2,
  signingOf,
  type WebhookRecord,
} from "../../domain/webhooks/webhook-record.ts";
import type { Reply, WebhookClient } from "../../http/webhook-client.ts";
import { log } from "../../runtime/logger.ts";
import type { SigningKeyRing } from "../../store/secrets/signing-key-ring.ts";
import type { Vault } from "../../store/secrets/vault.ts";
import type { Access, AccessTokens } from "./access-tokens.ts";

export interface AttemptDeps extends AuthorizedDeps {
  readonly vault: Pick<Vault, "secretOf" | "previousSecretOf" | "headersOf" | "openText">;
  /** The key pairs of caches, for webhooks that anyone can verify. */
  readonly signingKeys: Pick<SigningKeyRing, "keysOf">;
  readonly client: WebhookClient;
  readonly now: () => number;
  /** Whether receivers are told of the traces that messages belong to. */
  readonly tracing: boolean;
  /** Whether they are told that nobody has published it. */
  readonly isMarkedAsTest?: boolean;
  /** What alerts link to; nothing where there is no console. */
  readonly consoleUrl?: string | undefined;
  /** Of webhooks that say nothing of their signatures. */
  readonly signatures?: readonly StoredSignature[];
}

/** Makes one attempt with the webhook's URL, format and secret of now. */
export async function makeAttempt(
  webhook: WebhookRecord,
  message: MessageMetadata,
  payload: Payload,
  attempt: number,
  deps: AttemptDeps,
): Promise<Attempted> {
  const { vault, signingKeys, now, tracing, consoleUrl, signatures, isMarkedAsTest } = deps;
  const timeMs = now();
  const target = {
    ...(await openTarget(webhook, vault, timeMs)),
    signing: signingOf(webhook, signatures),
    ...(webhook.asymmetric && {
      signingKeys: await signingKeys.keysOf(webhook.cacheName, timeMs),
    }),
    ...{ consoleUrl, isMarkedAsTest },
  };
  const { trace } = message;
  const traced = tracing && trace ? traceHeaders(trace, randomBytes(8), target.headers) : {};
  const facts = { attempt, nowMs: timeMs, traceHeaders: traced };
  const { reply, request } = await postAuthorized(
    webhook,
    (authorization) => outgoingRequest({ ...target, authorization }, message, payload, facts),
    deps,
  );
  if (reply.isReplaced) {
    const { webhookId } = webhook;
    log("info", "connection.replaced", { webhookId, messageId: message.messageId, attempt });
  }
  const verdict = verdictOf(reply.outcome, now());
  const isTimeout = reply.outcome.kind === "unreachable" && reply.outcome.isTimeout === true;
  const traceNames = Object.keys(traced);
  const record = {
    ...answerRecord(message, attempt, timeMs, reply, verdict),
    settingsVersion: webhook.version,
    ...(request && { bytes: request.body.length }),
    ...(traceNames.length > 0 && { traceHeaders: traceNames }),
  };
  return { verdict, isTimeout, record };
}

async function openTarget(
  webhook: WebhookRecord,
  vault: AttemptDeps["vault"],
  nowMs: number,
): Promise<Omit<Target, "signing">> {
  const { url, format, timeoutSeconds, previousSecretUntilMs = 0 } = webhook;
  const secret = await vault.secretOf(webhook);
  const previous =
    nowMs < previousSecretUntilMs ? await vault.previousSecretOf(webhook) : undefined;
  return {
    url,
    format,
    timeoutSeconds,
    headers: await vault.headersOf(webhook),
    secrets: previous ? [secret, previous] : [secret],
    clientIdentity: await openIdentity(webhook, vault),
  };
}

/** No other webhook has its name, and neither has the webhook itself once its certificate is another one. */
async function openIdentity(
  { webhookId, clientCertificate, sealedClientKey = "" }: WebhookRecord,
  vault: AttemptDeps["vault"],
): Promise<ClientIdentity | undefined> {
  if (!clientCertificate) return undefined;
  const privateKey = await vault.openText(webhookId, "client-key", sealedClientKey);
  return { ...clientCertificate, id: `${webhookId}/${clientCertificate.id}`, privateKey };
}

/** Of a success only the beginning of the answer is kept: its row must stay within one write unit. */
const successBodyCharacters = 128;
/** What a write unit leaves for texts in the row of a success: the topic, the event and the answer. */
const successTextBytes = 544;

function successBody(text: string, { topicName, event }: MessageMetadata): string {
  let left = successTextBytes - Buffer.byteLength(`${topicName}${event ?? ""}`);
  const characters = [...text.slice(0, 2 * successBodyCharacters)].slice(0, successBodyCharacters);
  const end = characters.findIndex((character) => {
    left -= Buffer.byteLength(character);
    return left < 0;
  });
  return (end < 0 ? characters : characters.slice(0, end)).join("");
}

function answerRecord(
  message: MessageMetadata,
  attempt: number,
  timeMs: number,
  { outcome, latencyMs, responseBody, responseHeaders, isReplaced }: Reply,
  verdict: Verdict,
): AttemptRecord {
  const statusCode = outcome.kind === "answer" ? outcome.statusCode : null;
  if (verdict.kind === "delivered") {
    const shown = successBody(responseBody, message);
    return { attempt, timeMs, statusCode, latencyMs, error: null, responseBody: shown };
  }
  // The receiver may have seen the request twice.
  const error = isReplaced ? `${verdict.error}, on a second connection` : verdict.error;
  const made = { attempt, timeMs, statusCode, latencyMs, error, responseBody };
  return responseHeaders && Object.keys(responseHeaders).length > 0
    ? { ...made, responseHeaders: { ...responseHeaders } }
    : made;
}

export interface AuthorizedDeps {
  readonly vault: Pick<Vault, "openText">;
  readonly accessTokens: AccessTokens;
  readonly client: WebhookClient;
  readonly now: () => number;
}

/** What came of it, and what was sent; nothing was where there was no token to send. */
interface Posted {
  readonly reply: Reply;
  readonly request: OutgoingRequest | undefined;
}

type RequestWith = (authorization: string | undefined) => OutgoingRequest;

/**
 * Posts with what the webhook has to authorize its deliveries. Its secret cannot be read anywhere, so it is hidden in an
 * answer that repeats it, too.
 */
export async function postAuthorized(
  webhook: WebhookRecord,
  requestWith: RequestWith,
  deps: AuthorizedDeps,
): Promise<Posted> {
  const { auth } = webhook;
  if (auth?.type === "oauth2") return postWithToken(webhook, auth, requestWith, deps);
  const secret =
    auth &&
    (await deps.vault.openText(webhook.webhookId, "auth", webhook.sealedAuth ?? "")).reveal();
  const authorization = auth && secret !== undefined ? authorizationOf(auth, secret) : undefined;
  const request = requestWith(authorization);
  const reply = await deps.client.post(request);
  if (authorization === undefined || secret === undefined) return { reply, request };
  return { reply: hiding(reply, [credentialsIn(authorization), secret]), request };
}

/** All of it within one deadline. A token that the receiver refuses is dropped once. */
async function postWithToken(
  webhook: WebhookRecord,
  auth: StoredOAuth2,
  requestWith: RequestWith,
  { accessTokens, client, now }: AuthorizedDeps,
): Promise<Posted> {
  const startMs = now();
  const deadlineMs = webhook.timeoutSeconds * 1000;
  const leftMs = () => Math.min(deadlineMs, deadlineMs - (now() - startMs));

  const access = await accessTokens.tokenFor(webhook, auth, { client, timeoutMs: deadlineMs });
  if ("error" in access) return { reply: unposted(access, now() - startMs), request: undefined };
  const post = async (token: string): Promise<Posted> => {
    const request = requestWith(`Bearer ${token}`);
    const timeoutMs = Math.max(1, leftMs());
    return { reply: hiding(await client.post({ ...request, timeoutMs }), [token]), request };
  };
  const first = await post(access.token);
  if (!isUnauthorized(first.reply) || access.isFresh || leftMs() <= 0) return first;

  const asking = { client, timeoutMs: leftMs(), refused: access.token };
  const renewed = await accessTokens.tokenFor(webhook, auth, asking);
  if (!("error" in renewed)) return post(renewed.token);
  return { reply: unposted(renewed, now() - startMs), request: first.request };
}

function isUnauthorized({ outcome }: Reply): boolean {
  return outcome.kind === "answer" && outcome.statusCode === 401;
}

function unposted(
  { error, isTimeout }: Extract<Access, { error: string }>,
  latencyMs: number,
): Reply {
  return {
    outcome: { kind: "unreachable", error, isTimeout },
    latencyMs: Math.max(0, latencyMs),
    responseBody: "",
  };
}

/** The value of `authorization` for a secret that is sent as it is; undefined for one that only buys a token. */
function authorizationOf(auth: StoredAuth, secret: string): string | undefined {
  if (auth.type === "oauth2") return undefined;
  if (auth.type === "bearer") return `Bearer ${secret}`;
  return `Basic ${Buffer.from(`${auth.username}:${secret}`).toString("base64")}`;
}

function credentialsIn(authorization: string): string {
  return authorization.slice(authorization.indexOf(" ") + 1);
}

function hiding(reply: Reply, secrets: readonly string[]): Reply {
  const hidden = (text: string) => hideTexts(text, secrets);
  const { responseHeaders } = reply;
  return {
    ...reply,
    responseBody: hidden(reply.responseBody),
    ...(responseHeaders && {
      responseHeaders: Object.fromEntries(
        Object.entries(responseHeaders).map(([name, value]) => [name, hidden(value)]),
      ),
    }),
  };
}
