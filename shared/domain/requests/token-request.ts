import type { StoredOAuth2 } from "../webhooks/webhook-record.ts";
import { type OutgoingRequest, userAgent } from "./outgoing-request.ts";

/** Far more than any token; a longer answer is cut, and then is none. */
const maxAnswerBytes = 16_384;
const maxTokenCharacters = 8_192;

interface Asking {
  /** Whose names it may look up. */
  readonly cacheName: string;
  readonly timeoutMs: number;
}

/** The request for an access token (RFC 6749, section 4.4.2). */
export function tokenRequest(
  { tokenUrl, clientId, scope, audience, clientAuthentication }: StoredOAuth2,
  clientSecret: string,
  asking: Asking,
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
