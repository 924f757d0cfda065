import { afterAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { type Delivery, startReceiver } from "../../support/network/receiver.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import {
  getWebhook,
  listWebhooks,
  plainBody,
  putWebhook,
  subscribe,
  testWebhook,
} from "../webhooks.ts";

const { root } = await openService();
const receiver = await startReceiver({ handler: answer });
afterAll(() => receiver[Symbol.asyncDispose]());

/** A token endpoint under /token, and receivers that repeat what they were told. */
function answer({ path, headers }: Delivery) {
  if (path.startsWith("/token/refusing")) {
    const body = JSON.stringify({ error: "invalid_client", hint: headers.authorization });
    return { status: 401, body };
  }
  if (path.startsWith("/token")) {
    const body = JSON.stringify({ access_token: `token-${path.slice(7)}`, token_type: "Bearer" });
    return { status: 200, body };
  }
  const said = { "x-echo": headers.authorization ?? "none" };
  return {
    status: path.includes("/fails") ? 500 : 200,
    headers: said,
    body: JSON.stringify(headers),
  };
}

const fresh = () => ({ cacheName: freshCache(), webhookName: "w" });
const withConfig = (config: object, others: object = {}) => ({ ...plainBody, config, ...others });
const details = (config: object) => ({
  productId: null,
  events: [],
  config: { url: plainBody.destination.postUrl, customHeaders: {}, ...config },
});

const basic = { type: "basic", username: "hookcast", password: "a pass:wörd" };
const bearer = { type: "bearer", token: "very-secret-token" };
const oauth2 = {
  type: "oauth2",
  tokenUrl: "https://login.client.example/oauth/token",
  clientId: "hookcast",
  clientSecret: "client-secret-of-hookcast",
  scope: "hooks write",
  audience: "https://api.client.example",
  clientAuthentication: "post",
};
const hidden = "•••";
const shownOf = [
  [basic, { ...basic, password: hidden }],
  [bearer, { ...bearer, token: hidden }],
  [oauth2, { ...oauth2, clientSecret: hidden }],
] as const;

test.each(shownOf)(
  "%o is shown without its secret, wherever the webhook is shown",
  async (auth, shown) => {
    const id = fresh();
    const { webhook, webhookId } = await putWebhook(root, id, withConfig({ auth }));
    expect(webhook.config.auth).toEqual(shown);
    expect((await getWebhook(root, webhookId)).webhook.config.auth).toEqual(shown);
    const { webhooks } = await listWebhooks(root, id.cacheName);
    expect(webhooks.map(({ config }) => config.auth)).toEqual([shown]);
  },
);

test.each(shownOf)(
  "%o stays when it is left out or sent back as shown, and null removes it",
  async (auth, shown) => {
    const id = fresh();
    const { webhook, webhookId } = await putWebhook(root, id, withConfig({ auth }));
    const current = async () => (await getWebhook(root, webhookId)).webhook.config.auth;
    await putWebhook(root, id);
    await root.call("updateWebhookDetails", { webhookId }, { json: details({}) });
    await root.call("updateWebhookDetails", { webhookId }, { json: details(webhook.config) });
    await putWebhook(root, id, withConfig({ auth: shown }));
    expect(await current()).toEqual(shown);
    await putWebhook(root, id, withConfig({ auth: null }));
    expect(await current()).toBeUndefined();
    const answered = await root.call("putWebhook", id, { json: withConfig({ auth: shown }) });
    expect(refusalOf(answered).status).toBe(400);
  },
);

test("a hidden secret keeps one of its kind only, and for one token server only", async () => {
  const create = await root.call(
    "createWebhook",
    {},
    {
      json: {
        id: fresh(),
        config: { url: plainBody.destination.postUrl, auth: { type: "bearer", token: hidden } },
      },
    },
  );
  expect(refusalOf(create)).toEqual(badFields("config.auth.token"));
  const id = fresh();
  const { webhookId } = await putWebhook(root, id, withConfig({ auth: oauth2 }));
  const refused: [auth: object, path: string][] = [
    [{ ...basic, password: hidden }, "config.auth.password"],
    [
      { ...oauth2, clientSecret: hidden, tokenUrl: "https://thief.example/oauth/token" },
      "config.auth.clientSecret",
    ],
  ];
  for (const [auth, path] of refused) {
    for (const answered of [
      await root.call("putWebhook", id, { json: withConfig({ auth }) }),
      await root.call("updateWebhookDetails", { webhookId }, { json: details({ auth }) }),
    ]) {
      expect(refusalOf(answered)).toEqual(badFields(path));
    }
  }
  const moved = { ...oauth2, clientSecret: hidden, tokenUrl: `${oauth2.tokenUrl}/v2` };
  const { webhook } = await putWebhook(root, id, withConfig({ auth: moved }));
  expect(webhook.config.auth).toEqual(moved);
});

test.each([
  [{ type: "digest" }, ["config.auth.type"]],
  [{ ...basic, username: "a:b" }, ["config.auth.username"]],
  [{ ...basic, password: "" }, ["config.auth.password"]],
  [{ ...bearer, token: "a b" }, ["config.auth.token"]],
  [{ ...bearer, token: "x".repeat(4097) }, ["config.auth.token"]],
  [{ ...bearer, username: "a" }, ["config.auth.username"]],
  [{ type: "bearer" }, ["config.auth.token"]],
  [{ ...oauth2, scope: 'a "b"' }, ["config.auth.scope"]],
  [{ ...oauth2, tokenUrl: "ftp://a.example/" }, ["config.auth.tokenUrl"]],
  [{ ...oauth2, clientAuthentication: "jwt" }, ["config.auth.clientAuthentication"]],
])("refuses %o", async (auth, paths) => {
  const answered = await root.call("putWebhook", fresh(), { json: withConfig({ auth }) });
  expect(refusalOf(answered)).toEqual(badFields(...paths));
  expect(answered.text).not.toContain("secret-token");
});

test("one header is not set twice", async () => {
  const id = fresh();
  const customHeaders = { Authorization: "Bearer a" };
  const { webhookId } = await putWebhook(root, id, withConfig({ customHeaders }));
  for (const answered of [
    await root.call("putWebhook", id, { json: withConfig({ auth: bearer }) }),
    await root.call(
      "updateWebhookDetails",
      { webhookId },
      { json: details({ customHeaders, auth: bearer }) },
    ),
  ]) {
    expect(refusalOf(answered)).toEqual(badFields("config.auth"));
  }
  const other = fresh();
  await putWebhook(root, other, withConfig({ auth: bearer }));
  const metaHeaders = { authorization: "{id}" };
  const answers: [config: object, path: string][] = [
    [{ customHeaders }, "config.customHeaders.Authorization"],
    [{ metaHeaders }, "config.metaHeaders.authorization"],
  ];
  for (const [config, path] of answers) {
    const answered = await root.call("putWebhook", other, { json: withConfig(config) });
    expect(refusalOf(answered)).toEqual(badFields(path));
  }
});

const encoded = Buffer.from("hookcast:a pass:wörd").toString("base64");
const tokenUrl = (path: string) => `${receiver.url}/token/${path}`;

test.each([
  ["basic", basic, `Basic ${encoded}`],
  ["bearer", bearer, `Bearer ${bearer.token}`],
  ["oauth2", { ...oauth2, tokenUrl: tokenUrl("good") }, "Bearer token-good"],
])(
  "authorizes deliveries and tests with %s, and shows the header's name alone",
  async (_, auth, value) => {
    const id = fresh();
    const settings = { topicName: "t", config: { auth } };
    const { path, webhookId } = await subscribe(root, receiver, id, settings);
    const messageId = await publish(root, { ...id, topicName: "t" }, { json: { total: 12 } });
    const delivery = await eventually(() => receiver.find(path, messageId));
    expect(delivery.headers.authorization).toBe(value);
    expect(delivery.refusal).toBeUndefined();
    const tested = await testWebhook(root, webhookId);
    expect(tested.body).toMatchObject({ response: { delivered: true } });
    expect(tested.text).not.toContain(value.split(" ")[1]);
    const whole = await eventually(async () => {
      const found = await root.call("getDelivery", { webhookId, messageId });
      return found.text.includes('"headerNames"') ? found : undefined;
    });
    expect(whole.text).toContain('"authorization"');
    expect(whole.text).not.toContain(value.split(" ")[1]);
  },
);

test("a failed answer that repeats the secret does not show it", async () => {
  const id = fresh();
  const postUrl = `${receiver.url}/fails/${id.cacheName.length}`;
  const json = { destination: { postUrl }, topicName: "t", config: { auth: bearer } };
  const { webhookId } = await putWebhook(root, id, json);
  const messageId = await publish(root, { ...id, topicName: "t" }, { json: {} });
  const failed = await eventually(async () => {
    const found = await root.call("getDelivery", { webhookId, messageId });
    return found.text.includes("x-echo") ? found : undefined;
  });
  expect(failed.text).toContain("Bearer •••");
  expect(failed.text).not.toContain(bearer.token);
});

test("what is wrong with a token endpoint is told in words, without what it was sent or said", async () => {
  const id = fresh();
  const auth = { ...oauth2, clientAuthentication: "basic", tokenUrl: tokenUrl("refusing") };
  const { webhookId } = await subscribe(root, receiver, id, { topicName: "t", config: { auth } });
  const tested = await testWebhook(root, webhookId);
  expect(tested.body).toMatchObject({
    response: { delivered: false, error: "token endpoint: HTTP 401 (invalid_client)" },
  });
  expect(tested.text).not.toContain("hint");
});
