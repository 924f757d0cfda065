import { createHmac } from "node:crypto";
import { verify as verifyGitHub } from "@octokit/webhooks-methods";
import Stripe from "stripe";
import { Webhook as Svix } from "svix";
import { expect, test } from "vitest";
import type { StoredSignature } from "../../../../shared/contract/values/signature-recipe.ts";
import {
  type SignedAttempt,
  signedHeaders,
} from "../../../../shared/domain/requests/signatures.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const previous = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";

function signed(
  signature: StoredSignature,
  secrets: readonly string[],
  { body = "{}", ...attempt }: Partial<Omit<SignedAttempt, "body">> & { body?: string } = {},
) {
  const all = { id, topic: "paid", event: "order.paid", attempt: 1, nowMs: 1_614_265_330_000 };
  const signing = { signatures: [signature], metaHeaders: {}, standardSignature: true };
  return signedHeaders(signing, secrets, { ...all, ...attempt, body: Buffer.from(body) });
}

// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
test("github: the example of GitHub's documentation", async () => {
  const key = "It's a Secret to Everybody";
  const headers = signed({ scheme: "github" }, [key], { body: "Hello, World!" });
  const expected = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  expect(headers).toEqual({
    "x-hub-signature-256": expected,
    "x-github-event": "order.paid",
    "x-github-delivery": id,
  });
  expect(await verifyGitHub(key, "Hello, World!", expected)).toBe(true);
});

// https://docs.slack.dev/authentication/verifying-requests-from-slack/
test("slack: the example of Slack's documentation", () => {
  const body =
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V" +
    "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=" +
    "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN" +
    "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
  const attempt = { body, nowMs: 1_531_420_618_999 };
  expect(signed({ scheme: "slack" }, ["8f742231b10e8888abcd99yyyzzz85a5"], attempt)).toEqual({
    "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    "x-slack-request-timestamp": "1531420618",
  });
});

// Stripe publishes no example with its secret: its library makes one. https://docs.stripe.com/webhooks/signature
test("stripe: what Stripe's library generates, and by both secrets during a rotation", () => {
  const stripe = new Stripe("sk_test_of_nobody");
  const payload = '{"id":"evt_1","object":"event"}';
  const timestamp = Math.floor(Date.now() / 1000);
  const attempt = { body: payload, nowMs: timestamp * 1000 };
  const expected = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  expect(signed({ scheme: "stripe" }, [secret], attempt)).toEqual({ "stripe-signature": expected });

  const { "stripe-signature": both = "" } = signed(
    { scheme: "stripe" },
    [secret, previous],
    attempt,
  );
  for (const one of [secret, previous]) {
    expect(stripe.webhooks.constructEvent(payload, both, one)).toMatchObject({ id: "evt_1" });
  }
  expect(() => stripe.webhooks.constructEvent(`${payload} `, both, secret)).toThrow();
});

// https://docs.svix.com/receiving/verifying-payloads/how-manual; the example is that of Svix's libraries
test("svix: the example of Svix's libraries, and by both secrets during a rotation", () => {
  const body = '{"test": 2432232314}';
  expect(signed({ scheme: "svix" }, [secret], { body })).toEqual({
    "svix-id": id,
    "svix-timestamp": "1614265330",
    "svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
  const now = signed({ scheme: "svix" }, [secret, previous], { body, nowMs: Date.now() });
  for (const one of [secret, previous]) expect(() => new Svix(one).verify(body, now)).not.toThrow();
});

// Shopify publishes a procedure and no example: https://shopify.dev/docs/apps/build/webhooks/subscribe/https
// This one is of SQLPage's tests: https://github.com/sqlpage/SQLPage/tree/main/tests
test("shopify: the base64 of the body's HMAC", () => {
  const body = '{"id":1234567890,"email":"customer@example.com","total_price":"123.45"}';
  expect(signed({ scheme: "shopify" }, ["test-webhook-secret"], { body })).toEqual({
    "x-shopify-hmac-sha256": "QNyObTlKbMx2qDlPF/ZOZcBqg5OgPg+2oky3zldc0Gw=",
    "x-shopify-topic": "order.paid",
    "x-shopify-webhook-id": id,
  });
});

// Hookdeck publishes code and no example: https://hookdeck.com/docs/authentication#hookdeck-webhook-signature-verification
test("hookdeck: what the code of Hookdeck's documentation computes", () => {
  const body = '{"grüße":"日本"}';
  const hash = createHmac("sha256", secret).update(body).digest("base64");
  expect(signed({ scheme: "hookdeck" }, [secret, previous], { body })).toEqual({
    "x-hookdeck-signature": hash,
  });
});

// https://github.com/frain-dev/convoy/blob/main/pkg/signature/testdata/signature-vectors.json
const convoy = {
  key: "convoy-webhook-secret",
  body: '{"event":"charge.success","amount":1000,"currency":"NGN"}',
  nowMs: 1_700_000_000_000,
};
const convoyRecipe = { header: "x-convoy-signature", content: "{body}", value: "{signature}" };

test.each<[name: string, signature: StoredSignature, expected: string]>([
  [
    "advanced, sha256, hex",
    { scheme: "convoy" },
    "t=1700000000,v1=77b8b9269f25a199846a55a2bd25b3fba151c70fdae60bb1dcd87fbbc943c55c",
  ],
  [
    "advanced, sha512, base64",
    {
      ...{ ...convoyRecipe, content: "{timestamp},{body}", value: "t={timestamp},v1={signature}" },
      ...{ algorithm: "sha512", encoding: "base64" },
    },
    "t=1700000000,v1=shIuJSzSWCzyJcsrjUzu3p40Mp4v6VwCYZw+1dSj2ac+a+ry3/jnbXGmk64ZjO5AaF7tEq1O4uAz3C0Dme3gVw==",
  ],
  [
    "simple, sha256, hex",
    { ...convoyRecipe, algorithm: "sha256", encoding: "hex" },
    "244449b7f48cbc2709060c9dcdc2b3aa47a78f540430579015c579fb12defbb4",
  ],
  [
    "simple, sha256, base64",
    { ...convoyRecipe, algorithm: "sha256", encoding: "base64" },
    "JERJt/SMvCcJBgydzcKzqkenj1QEMFeQFcV5+xLe+7Q=",
  ],
])("convoy, %s: the vector of Convoy's repository", (_, signature, expected) => {
  const headers = signed(signature, [convoy.key], convoy);
  expect(headers).toEqual({ "x-convoy-signature": expected });
});

// https://github.com/hookdeck/outpost/blob/main/internal/destregistry/providers/destwebhook/signature_test.go
test("outpost: the hashes of Outpost's tests, by its earlier default and by sha1", () => {
  const attempt = { body: '{"hello":"world"}', nowMs: 1_234_567_890_000 };
  const recipe = {
    header: "x-outpost-signature",
    content: "{timestamp}.{body}",
    encoding: "hex",
    value: "t={timestamp},v0={signature}",
  } as const;
  expect(signed({ ...recipe, algorithm: "sha256" }, ["test-secret"], attempt)).toEqual({
    "x-outpost-signature":
      "t=1234567890,v0=7054f74dae9f73e82b56ca73e8f81450097c698eeda0b00bb8728e89796baf2d",
  });
  expect(signed({ ...recipe, algorithm: "sha1" }, ["test-secret"], attempt)).toEqual({
    "x-outpost-signature": "t=1234567890,v0=e2f4423c54f5385099d8e3fbb01237d415ee8fdf",
  });
});

test("outpost: its default signs the body, lists both secrets' hashes and tells id, time and topic", () => {
  const hash = (key: string) => createHmac("sha256", key).update("{}").digest("hex");
  expect(signed({ scheme: "outpost" }, [secret, previous])).toEqual({
    "x-outpost-signature": `v0=${hash(secret)},${hash(previous)}`,
    "x-outpost-event-id": id,
    "x-outpost-timestamp": "2021-02-25T15:02:10Z",
    "x-outpost-topic": "order.paid",
  });
});

test("sha3-256 of the body in hex is the value of momento-signature", () => {
  // https://docs.momentohq.com/cache/develop/integrations/momento-webhooks
  const recipe = { header: "x-m", content: "{body}", value: "{signature}" } as const;
  const body = '{"text":"some text", "another_field": "another field" }';
  expect(
    signed({ ...recipe, algorithm: "sha3-256", encoding: "hex" }, ["1234567890"], { body }),
  ).toEqual({ "x-m": "b43f72787eb66410ff110295b036ef828e5686af21b414ce092f02c05deea3da" });
});
