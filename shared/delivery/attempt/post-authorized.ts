import type { OutgoingRequest } from "../../domain/requests/outgoing-request.ts";
import { hideTexts } from "../../domain/webhooks/masking.ts";
import type {
  StoredAuth,
  StoredOAuth2,
  WebhookRecord,
} from "../../domain/webhooks/webhook-record.ts";
import type { Reply, WebhookClient } from "../../http/webhook-client.ts";
import type { Vault } from "../../store/secrets/vault.ts";
import type { Access, AccessTokens } from "./access-tokens.ts";

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
