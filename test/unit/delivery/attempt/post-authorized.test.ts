import { expect, test } from "vitest";
import type { Access, Asking } from "../../../../shared/delivery/attempt/access-tokens.ts";
import { postAuthorized } from "../../../../shared/delivery/attempt/attempt.ts";
import type { OutgoingRequest } from "../../../../shared/domain/requests/outgoing-request.ts";
import { Secret } from "../../../../shared/domain/webhooks/sealed.ts";
import type { StoredAuth } from "../../../../shared/domain/webhooks/webhook-record.ts";
import type { Reply } from "../../../../shared/http/webhook-client.ts";
import { webhookWith } from "../../samples.ts";
import { answered } from "../deliver-deps.ts";

const oauth2: StoredAuth = {
  id: "1",
  type: "oauth2",
  tokenUrl: "https://login.client.example/token",
  clientId: "hookcast",
};

interface Script {
  auth?: StoredAuth;
  secret?: string;
  accesses?: Access[];
  replies?: Reply[];
  /** How long each answer takes. */
  tookMs?: number;
}

/** Posts, and gives what was sent and what was asked of token endpoints. */
async function attempt({
  auth,
  secret = "secret",
  accesses = [],
  replies = [],
  tookMs = 0,
}: Script) {
  let nowMs = 1_000_000;
  const posted: OutgoingRequest[] = [];
  const asked: Asking[] = [];
  const webhook = webhookWith({ ...(auth && { auth }), sealedAuth: "sealed", timeoutSeconds: 15 });
  const requestWith = (authorization: string | undefined): OutgoingRequest => ({
    cacheName: "orders",
    url: webhook.url,
    headers: authorization === undefined ? {} : { authorization },
    body: Buffer.from("{}"),
    timeoutMs: 15_000,
  });
  const result = await postAuthorized(webhook, requestWith, {
    vault: { openText: async () => new Secret(secret) },
    accessTokens: {
      tokenFor: async (_webhook, _auth, asking) => {
        asked.push(asking);
        nowMs += tookMs;
        return accesses[asked.length - 1] ?? { error: "token endpoint: none", isTimeout: false };
      },
    },
    client: {
      post: async (request) => {
        posted.push(request);
        nowMs += tookMs;
        return replies[posted.length - 1] ?? answered(200);
      },
    },
    now: () => nowMs,
  });
  return { ...result, posted, asked };
}

test("without auth of its own a webhook sends no authorization", async () => {
  const { posted } = await attempt({});
  expect(posted.map(({ headers }) => headers)).toEqual([{}]);
});

test("basic is what RFC 7617 has for an example, and UTF-8", async () => {
  const username = "Aladdin";
  const auth: StoredAuth = { id: "1", type: "basic", username };
  const { posted } = await attempt({ auth, secret: "open sesame" });
  expect(posted[0]?.headers.authorization).toBe("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  const { posted: utf8 } = await attempt({ auth: { ...auth, username: "test" }, secret: "123£" });
  expect(utf8[0]?.headers.authorization).toBe("Basic dGVzdDoxMjPCow==");
});

test("an answer that repeats a secret is stored without it, in body and headers", async () => {
  const token = "bearer-token-of-a-receiver";
  const said = { ...answered(500, {}, `you sent ${token}`), responseHeaders: { "x-echo": token } };
  const { reply } = await attempt({
    auth: { id: "1", type: "bearer" },
    secret: token,
    replies: [said],
  });
  expect(reply.responseBody).toBe("you sent •••");
  expect(reply.responseHeaders).toEqual({ "x-echo": "•••" });
  const { reply: byToken } = await attempt({
    auth: oauth2,
    accesses: [{ token, isFresh: true }],
    replies: [said],
  });
  expect(JSON.stringify(byToken)).not.toContain(token);
});

test("without a token nothing is posted, and the attempt fails by the reason", async () => {
  const error = "token endpoint: HTTP 401 (invalid_client)";
  const { reply, request, posted } = await attempt({
    auth: oauth2,
    accesses: [{ error, isTimeout: false }],
  });
  expect(posted).toEqual([]);
  expect(request).toBeUndefined();
  expect(reply.outcome).toEqual({ kind: "unreachable", error, isTimeout: false });
});

test("a 401 drops a token once: the second try has another, and its answer counts", async () => {
  const { reply, posted, asked } = await attempt({
    auth: oauth2,
    accesses: [
      { token: "old-token", isFresh: false },
      { token: "new-token", isFresh: true },
    ],
    replies: [answered(401), answered(401), answered(200)],
    tookMs: 1_000,
  });
  expect(posted.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer old-token",
    "Bearer new-token",
  ]);
  expect(asked.map(({ refused }) => refused)).toEqual([undefined, "old-token"]);
  expect(reply.outcome).toMatchObject({ statusCode: 401 });
});

test("a fresh token that is refused is not fetched again", async () => {
  const { posted, asked } = await attempt({
    auth: oauth2,
    accesses: [{ token: "token", isFresh: true }],
    replies: [answered(401)],
  });
  expect([posted.length, asked.length]).toEqual([1, 1]);
});

test("any other refusal says nothing of the token", async () => {
  const { asked } = await attempt({
    auth: oauth2,
    accesses: [{ token: "token", isFresh: false }],
    replies: [answered(403)],
  });
  expect(asked).toHaveLength(1);
});

test("token, post, token and post share one deadline", async () => {
  const { posted, asked } = await attempt({
    auth: oauth2,
    accesses: [
      { token: "old-token", isFresh: false },
      { token: "new-token", isFresh: true },
    ],
    replies: [answered(401), answered(200)],
    tookMs: 4_000,
  });
  expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([15_000, 7_000]);
  expect(posted.map(({ timeoutMs }) => timeoutMs)).toEqual([11_000, 3_000]);
});

test("a 401 at the end of the deadline is left to the next attempt", async () => {
  const { posted, asked } = await attempt({
    auth: oauth2,
    accesses: [{ token: "old-token", isFresh: false }],
    replies: [answered(401)],
    tookMs: 8_000,
  });
  expect([posted.length, asked.length]).toEqual([1, 1]);
});
