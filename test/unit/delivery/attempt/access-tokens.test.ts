import { beforeEach, expect, test } from "vitest";
import { openAccessTokens } from "../../../../shared/delivery/attempt/access-tokens.ts";
import type { OutgoingRequest } from "../../../../shared/domain/requests/outgoing-request.ts";
import { Secret } from "../../../../shared/domain/webhooks/sealed.ts";
import type { Reply } from "../../../../shared/http/webhook-client.ts";
import { keys } from "../../../../shared/store/keys.ts";
import { openTokenStore, type TokenStore } from "../../../../shared/store/secrets/token-store.ts";
import { openTable } from "../../../../shared/store/table/table.ts";
import { webhookWith } from "../../samples.ts";
import { useTables } from "../../store/embedded-tables.ts";
import { answered } from "../deliver-deps.ts";

useTables();

const auth = {
  id: "first",
  type: "oauth2",
  tokenUrl: "https://login.client.example/token",
  clientId: "hookcast",
} as const;
const otherAuth = { ...auth, id: "second" } as const;

let serial = 0;
let webhook = webhookWith();
beforeEach(() => {
  serial += 1;
  webhook = webhookWith({ webhookId: `whk_${serial}`, auth, sealedAuth: "auth|client-secret" });
});

/** Seals so that a test can read it. */
const vault = {
  sealText: async (_owner: string, purpose: string, text: string) => `${purpose}|${text}`,
  openText: async (_owner: string, purpose: string, sealed: string) => {
    expect(sealed.startsWith(`${purpose}|`)).toBe(true);
    return new Secret(sealed.slice(purpose.length + 1));
  },
};

/** A token endpoint whose tokens are numbered, and a clock that waiting moves. */
function openWorld() {
  const asked: OutgoingRequest[] = [];
  const calls: string[] = [];
  const world = {
    nowMs: Date.UTC(2024, 0, 24),
    asked,
    calls,
    lifeSeconds: 3600,
    reply: (n: number): Reply | Promise<Reply> =>
      answered(
        200,
        {},
        JSON.stringify({
          access_token: `token ${n}`.replace(" ", "-"),
          token_type: "Bearer",
          expires_in: world.lifeSeconds,
        }),
      ),
    client: {
      async post(request: OutgoingRequest) {
        asked.push(request);
        return await world.reply(asked.length);
      },
    },
    /** What one environment has. */
    open() {
      const store = openTokenStore();
      const counted = Object.fromEntries(
        Object.entries(store).map(([name, call]) => [
          name,
          (...given: never[]) => {
            calls.push(name);
            return (call as (...of: never[]) => unknown)(...given);
          },
        ]),
      ) as unknown as TokenStore; // the same methods
      const timers = {
        after: () => () => {},
        wait: async (ms: number) => {
          world.nowMs += ms;
        },
      };
      return openAccessTokens({ tokens: counted, vault, timers, now: () => world.nowMs });
    },
    asking: (refused?: string) => ({
      client: world.client,
      timeoutMs: 10_000,
      ...(refused !== undefined && { refused }),
    }),
  };
  return world;
}

test("one token is for all deliveries of an environment, and costs a call only when it is fetched", async () => {
  const world = openWorld();
  const tokens = world.open();
  const many = await Promise.all(
    Array.from({ length: 10 }, () => tokens.tokenFor(webhook, auth, world.asking())),
  );
  expect(many).toEqual(many.map(() => ({ token: "token-1", isFresh: true })));
  expect(world.asked).toHaveLength(1);
  expect(world.calls).toEqual(["find", "lease", "put"]);
  for (let n = 0; n < 5; n += 1) {
    const access = await tokens.tokenFor(webhook, auth, world.asking());
    expect(access).toEqual({ token: "token-1", isFresh: false });
  }
  expect(world.calls).toHaveLength(3);
});

test("another environment takes it from the row, where it lies sealed", async () => {
  const world = openWorld();
  await world.open().tokenFor(webhook, auth, world.asking());
  world.calls.length = 0;
  const access = await world.open().tokenFor(webhook, auth, world.asking());
  expect(access).toEqual({ token: "token-1", isFresh: false });
  expect(world.calls).toEqual(["find"]);
  const row = await openTable("WEBHOOKS_TABLE").get(keys.token(webhook.webhookId));
  expect(row).toMatchObject({ sealedToken: "token|token-1", authId: "first" });
  expect(row).not.toHaveProperty("leaseUntilMs");
  expect(Number(row?.expiresAt)).toBeGreaterThan(world.nowMs / 1000 + 3600);
});

test("a token is renewed before it expires", async () => {
  const world = openWorld();
  const tokens = world.open();
  await tokens.tokenFor(webhook, auth, world.asking());
  world.nowMs += 3_570_000 - 1;
  expect(await tokens.tokenFor(webhook, auth, world.asking())).toMatchObject({ token: "token-1" });
  world.nowMs += 1;
  expect(await tokens.tokenFor(webhook, auth, world.asking())).toEqual({
    token: "token-2",
    isFresh: true,
  });
});

test("a token that was refused is replaced once, by whoever asks first", async () => {
  const world = openWorld();
  const [one, other] = [world.open(), world.open()];
  await one.tokenFor(webhook, auth, world.asking());
  await other.tokenFor(webhook, auth, world.asking());
  const renewed = await one.tokenFor(webhook, auth, world.asking("token-1"));
  expect(renewed).toEqual({ token: "token-2", isFresh: true });
  expect(await one.tokenFor(webhook, auth, world.asking("token-1"))).toMatchObject({
    token: "token-2",
  });
  expect(await other.tokenFor(webhook, auth, world.asking("token-1"))).toEqual({
    token: "token-2",
    isFresh: false,
  });
  expect(world.asked).toHaveLength(2);
});

test("a token that was given for other auth is never used", async () => {
  const world = openWorld();
  const tokens = world.open();
  await tokens.tokenFor(webhook, auth, world.asking());
  for (const environment of [tokens, world.open()]) {
    const access = await environment.tokenFor(webhook, otherAuth, world.asking());
    expect(access).toMatchObject({ token: "token-2" });
  }
});

test("who has no lease waits for the token of who has it, and takes over where that one died", async () => {
  const world = openWorld();
  const store = openTokenStore();
  const owner = { ...webhook, authId: auth.id };
  const untilMs = world.nowMs + 3_000;
  expect(await store.lease(owner, world.nowMs, untilMs)).toBe(true);
  expect(await store.lease(owner, world.nowMs + 2_999, untilMs + 1)).toBe(false);
  const access = await world.open().tokenFor(webhook, auth, world.asking());
  expect(access).toEqual({ token: "token-1", isFresh: true });
  expect(world.nowMs).toBe(untilMs);
  // The one that was thought dead has nothing to say any more.
  await store.put(owner, untilMs, { sealedToken: "token|late", tokenUntilMs: untilMs + 1e6 });
  const found = await store.find(owner);
  expect(found?.sealedToken).toBe("token|token-1");
});

test("nobody waits longer than the delivery may take", async () => {
  const world = openWorld();
  const owner = { ...webhook, authId: auth.id };
  await openTokenStore().lease(owner, world.nowMs, world.nowMs + 60_000);
  const begunMs = world.nowMs;
  expect(await world.open().tokenFor(webhook, auth, world.asking())).toEqual({
    error: "token endpoint: no answer in time",
    isTimeout: true,
  });
  expect(world.nowMs - begunMs).toBe(10_000);
  expect(world.asked).toEqual([]);
});

test("a token endpoint that fails ends the lease, and the next delivery asks again", async () => {
  const world = openWorld();
  const tokens = world.open();
  const give = world.reply;
  world.reply = () => answered(401, {}, '{"error":"invalid_client","secret":"client-secret"}');
  expect(await tokens.tokenFor(webhook, auth, world.asking())).toEqual({
    error: "token endpoint: HTTP 401 (invalid_client)",
    isTimeout: false,
  });
  world.reply = () => ({
    outcome: { kind: "unreachable", error: "connection refused" },
    latencyMs: 1,
    responseBody: "",
  });
  expect(await tokens.tokenFor(webhook, auth, world.asking())).toEqual({
    error: "token endpoint: connection refused",
    isTimeout: false,
  });
  world.reply = () => ({
    outcome: { kind: "refused", error: "the name resolves to an address that is not allowed" },
    latencyMs: 1,
    responseBody: "",
  });
  expect(await tokens.tokenFor(webhook, auth, world.asking())).toMatchObject({
    error: expect.stringContaining("not allowed"),
  });
  world.reply = give;
  expect(await tokens.tokenFor(webhook, auth, world.asking())).toMatchObject({ isFresh: true });
});

test("asks under the deadline that is left, in the name of the webhook's cache", async () => {
  const world = openWorld();
  await world.open().tokenFor(webhook, auth, { ...world.asking(), timeoutMs: 1_234 });
  expect(world.asked).toMatchObject([
    { cacheName: "orders", timeoutMs: 1_234, url: auth.tokenUrl, bytesKept: 16_384 },
  ]);
});
