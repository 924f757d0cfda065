import { expect, test } from "vitest";
import { openAccessTokens } from "../../../../shared/delivery/attempt/access-tokens.ts";
import { Secret } from "../../../../shared/domain/webhooks/sealed.ts";
import { openWebhookClient } from "../../../../shared/http/webhook-client.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import type { TokenStore } from "../../../../shared/store/secrets/token-store.ts";
import { namesWith } from "../../http/named-addresses.ts";
import { answerText, startRawReceiver } from "../../http/raw-receiver.ts";
import { webhookWith } from "../../samples.ts";

const noTokens: TokenStore = {
  find: async () => undefined,
  lease: async () => true,
  put: async () => {},
  release: async () => {},
};
const vault = { sealText: async () => "sealed", openText: async () => new Secret("secret") };

/** Asks a token endpoint as a delivery does, through the client that posts deliveries. */
function ask(port: number, addresses: string[], { allowPrivate = true, timeoutMs = 5_000 } = {}) {
  const client = openWebhookClient({ allowPrivate }, namesWith(addresses));
  const tokenUrl = `${allowPrivate ? "http" : "https"}://login.example:${port}/token`;
  const auth = { id: "1", type: "oauth2", tokenUrl, clientId: "hookcast" } as const;
  const webhook = webhookWith({ auth, sealedAuth: "sealed" });
  const tokens = openAccessTokens({ tokens: noTokens, vault, timers: realTimers, now: Date.now });
  return tokens.tokenFor(webhook, auth, { client, timeoutMs });
}

test("gets a token that is longer than what the log shows of an answer", async () => {
  const token = "x".repeat(4_000);
  const body = JSON.stringify({ access_token: token, token_type: "Bearer" });
  await using receiver = await startRawReceiver((socket) =>
    socket.write(answerText("200 OK", body)),
  );
  expect(await ask(receiver.port, ["127.0.0.1"])).toEqual({ token, isFresh: true });
});

test.each([
  ["private", ["127.0.0.1"], false],
  ["private beside a public one", ["93.184.216.34", "10.0.0.1"], false],
  ["the platform's own", ["169.254.169.254"], true],
])(
  "asks no endpoint whose address is %s, and opens no connection",
  async (_, addresses, allowPrivate) => {
    await using receiver = await startRawReceiver(() => {});
    expect(await ask(receiver.port, addresses, { allowPrivate })).toEqual({
      error: "token endpoint: the name resolves to an address that is not allowed",
      isTimeout: false,
    });
    expect(receiver.connections).toEqual([]);
  },
);

test("follows no redirect", async () => {
  await using target = await startRawReceiver(() => {});
  const location = `location: http://127.0.0.1:${target.port}/`;
  await using receiver = await startRawReceiver((socket) =>
    socket.write(answerText("307 Temporary Redirect", "", [location])),
  );
  expect(await ask(receiver.port, ["127.0.0.1"])).toEqual({
    error: "token endpoint: HTTP 307, and redirects are not followed",
    isTimeout: false,
  });
  expect(target.connections).toEqual([]);
});

test("waits no longer than the delivery may take", async () => {
  await using receiver = await startRawReceiver(() => {});
  expect(await ask(receiver.port, ["127.0.0.1"], { timeoutMs: 300 })).toMatchObject({
    error: expect.stringMatching(/^token endpoint: /),
    isTimeout: true,
  });
});
