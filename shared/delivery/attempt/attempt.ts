import { randomBytes } from "node:crypto";
import type { MessageMetadata } from "../../contract/jobs.ts";
import type { Payload } from "../../contract/message.ts";
import type { StoredSignature } from "../../contract/values/signature-recipe.ts";
import type { Attempted, AttemptRecord } from "../../domain/attempts/delivery-record.ts";
import { type Verdict, verdictOf } from "../../domain/attempts/retry-schedule.ts";
import { outgoingRequest, type Target } from "../../domain/requests/outgoing-request.ts";
import { traceHeaders } from "../../domain/requests/trace-context.ts";
import { signingOf, type WebhookRecord } from "../../domain/webhooks/webhook-record.ts";
import type { Reply, WebhookClient } from "../../http/webhook-client.ts";
import { log } from "../../runtime/logger.ts";
import type { SigningKeyRing } from "../../store/secrets/signing-key-ring.ts";
import type { Vault } from "../../store/secrets/vault.ts";
import { type AuthorizedDeps, postAuthorized } from "./post-authorized.ts";

export interface AttemptDeps extends AuthorizedDeps {
  readonly vault: Pick<Vault, "secretOf" | "previousSecretOf" | "headersOf" | "openText">;
  /** The key pairs of caches, for webhooks that anyone can verify. */
  readonly signingKeys: Pick<SigningKeyRing, "keysOf">;
  readonly client: WebhookClient;
  readonly now: () => number;
  /** Whether receivers are told of the traces that messages belong to. */
  readonly tracing: boolean;
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
  const { vault, signingKeys, now, tracing, consoleUrl, signatures } = deps;
  const timeMs = now();
  const target = {
    ...(await openTarget(webhook, vault, timeMs)),
    signing: signingOf(webhook, signatures),
    ...(webhook.asymmetric && {
      signingKeys: await signingKeys.keysOf(webhook.cacheName, timeMs),
    }),
    consoleUrl,
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
  const headers = await vault.headersOf(webhook);
  return {
    url,
    format,
    timeoutSeconds,
    headers,
    secrets: previous ? [secret, previous] : [secret],
  };
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
