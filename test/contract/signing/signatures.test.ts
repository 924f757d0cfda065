import { expect, test } from "vitest";
import { unsettableHeaders } from "../../support/network/unsettable-headers.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { getWebhook, listWebhooks, plainBody, putWebhook } from "../webhooks.ts";

const { root } = await openService();

const fresh = () => ({ cacheName: freshCache(), webhookName: "w" });
const withConfig = (config: object, others: object = {}) => ({ ...plainBody, config, ...others });
const details = (config: object) => ({
  productId: null,
  events: [],
  config: { url: plainBody.destination.postUrl, customHeaders: {}, ...config },
});

const recipe = {
  header: "x-acme-signature",
  content: "{timestamp}.{body}",
  algorithm: "sha512",
  encoding: "base64url",
  value: "t={timestamp},v1={signature}",
};
const everything = {
  signatures: [
    { scheme: "github", until: "2030-01-01T00:00:00Z" },
    recipe,
    {
      ...recipe,
      header: "x-2",
      key: "decoded",
      separator: ",v1=",
      until: "2020-01-01T01:00:00+01:00",
    },
  ],
  standardSignature: false,
  metaHeaders: { "x-acme-event": "{event}", "X-Acme-Try": "{attempt} of {{many}}" },
};

test("signatures are shown as they were put, wherever the webhook is shown", async () => {
  const id = fresh();
  const { webhook, webhookId } = await putWebhook(root, id, withConfig(everything));
  expect(webhook.config).toMatchObject(everything);
  expect((await getWebhook(root, webhookId)).webhook.config).toMatchObject(everything);
  const { webhooks } = await listWebhooks(root, id.cacheName);
  expect(webhooks.map(({ config }) => config)).toEqual([webhook.config]);
});

test("a webhook that says nothing of signatures shows nothing of them", async () => {
  const { webhook } = await putWebhook(
    root,
    fresh(),
    withConfig({ standardSignature: true, metaHeaders: {} }),
  );
  for (const field of Object.keys(everything)) expect(webhook.config).not.toHaveProperty(field);
});

test("what is left out stays, and can be taken away again", async () => {
  const id = fresh();
  const { webhook, webhookId } = await putWebhook(root, id, withConfig(everything));
  const shown = async () => (await getWebhook(root, webhookId)).webhook.config;
  await putWebhook(root, id);
  expect(await shown()).toEqual(webhook.config);
  await root.call("updateWebhookDetails", { webhookId }, { json: details({}) });
  expect(await shown()).toEqual(webhook.config);
  await root.call("updateWebhookDetails", { webhookId }, { json: details({ ...(await shown()) }) });
  expect(await shown()).toEqual(webhook.config);
  await root.call("updateWebhookDetails", { webhookId }, { json: details({ signatures: [] }) });
  expect((await shown()).signatures).toEqual([]);
  await putWebhook(
    root,
    id,
    withConfig({ signatures: null, standardSignature: true, metaHeaders: {} }),
  );
  for (const field of Object.keys(everything)) expect(await shown()).not.toHaveProperty(field);
});

const bad: [what: string, config: object, path: string, told: string][] = [
  ["four of them", { signatures: Array(4).fill(recipe) }, "config.signatures", "at most 3"],
  [
    "an unknown scheme",
    { signatures: [{ scheme: "gitlab" }] },
    "config.signatures.0.scheme",
    "must be one of github, stripe",
  ],
  [
    "a scheme with a recipe's field",
    { signatures: [{ scheme: "svix", header: "x-a" }] },
    "config.signatures.0.header",
    "is not a known field",
  ],
  [
    "no time",
    { signatures: [{ scheme: "svix", until: "soon" }] },
    "config.signatures.0.until",
    "ISO 8601",
  ],
  [
    "an unknown placeholder",
    { signatures: [{ ...recipe, content: "{ts}.{body}" }] },
    "config.signatures.0.content",
    "unknown placeholder at character 1",
  ],
  [
    "an open brace",
    { signatures: [{ ...recipe, content: "{body}.{id" }] },
    "config.signatures.0.content",
    "a { at character 8",
  ],
  [
    "a brace that closes nothing",
    { signatures: [{ ...recipe, value: "a}{signature}" }] },
    "config.signatures.0.value",
    "a } at character 2",
  ],
  [
    "no body",
    { signatures: [{ ...recipe, content: "{id}" }] },
    "config.signatures.0.content",
    "{body} exactly once, and holds it 0 times",
  ],
  [
    "two bodies",
    { signatures: [{ ...recipe, content: "{body}{body}" }] },
    "config.signatures.0.content",
    "exactly once, and holds it 2 times",
  ],
  [
    "a signature of itself",
    { signatures: [{ ...recipe, content: "{body}.{signature}" }] },
    "config.signatures.0.content",
    "{signature} at character 8",
  ],
  [
    "a body in a header",
    { signatures: [{ ...recipe, value: "{signature}{body}" }] },
    "config.signatures.0.value",
    "{body} at character 12",
  ],
  [
    "no signature",
    { signatures: [{ ...recipe, value: "v1" }] },
    "config.signatures.0.value",
    "{signature} exactly once",
  ],
  [
    "a line break",
    { signatures: [{ ...recipe, value: "{signature}\r\nx: y" }] },
    "config.signatures.0.value",
    "visible ASCII",
  ],
  [
    "more than ASCII",
    { signatures: [{ ...recipe, content: "ü{body}" }] },
    "config.signatures.0.content",
    "visible ASCII",
  ],
  [
    "a long template",
    { signatures: [{ ...recipe, content: `${"a".repeat(251)}{body}` }] },
    "config.signatures.0.content",
    "at most 256",
  ],
  [
    "many placeholders",
    { signatures: [{ ...recipe, content: `${"{id}".repeat(8)}{body}` }] },
    "config.signatures.0.content",
    "at most 8 placeholders",
  ],
  [
    "a separator with a line break",
    { signatures: [{ ...recipe, separator: "\n" }] },
    "config.signatures.0.separator",
    "visible ASCII",
  ],
  [
    "a hash that is broken",
    { signatures: [{ ...recipe, algorithm: "md5" }] },
    "config.signatures.0.algorithm",
    "sha256",
  ],
  [
    "half a recipe",
    { signatures: [{ header: "x-a", content: "{body}", encoding: "hex", value: "{signature}" }] },
    "config.signatures.0.algorithm",
    "is required",
  ],
  [
    "one header twice",
    { signatures: [recipe, { ...recipe, header: "X-Acme-Signature" }] },
    "config.signatures.1",
    "x-acme-signature",
  ],
  [
    "a body in a meta header",
    { metaHeaders: { "x-a": "{body}" } },
    "config.metaHeaders.x-a",
    "{body} at character 1",
  ],
  [
    "a meta header that never changes",
    { metaHeaders: { "x-a": "token" } },
    "config.metaHeaders.x-a",
    "must hold a placeholder",
  ],
  [
    "one meta header twice",
    { metaHeaders: { "x-a": "{id}", "X-A": "{id}" } },
    "config.metaHeaders.X-A",
    "is given twice",
  ],
  [
    "a meta header that is a custom one",
    { customHeaders: { "X-A": "1" }, metaHeaders: { "x-a": "{id}" } },
    "config.metaHeaders.x-a",
    "config.customHeaders sets",
  ],
  [
    "a signature that is a meta header",
    { metaHeaders: { "X-GitHub-Event": "{id}" }, signatures: [{ scheme: "github" }] },
    "config.signatures.0",
    "config.metaHeaders sets",
  ],
];

test.each(bad)(
  "%s is refused with what is wrong and where, and changes nothing",
  async (_, config, path, told) => {
    const id = fresh();
    const { webhook, webhookId } = await putWebhook(root, id);
    for (const answer of [
      await root.call("putWebhook", id, { json: withConfig(config) }),
      await root.call("updateWebhookDetails", { webhookId }, { json: details(config) }),
      await root.call(
        "createWebhook",
        {},
        { json: { ...withConfig(config), id: { cacheName: id.cacheName } } },
      ),
    ]) {
      expect(refusalOf(answer)).toEqual(badFields(path));
      expect(answer.text).toContain(JSON.stringify(told).slice(1, -1));
    }
    expect((await listWebhooks(root, id.cacheName)).webhooks).toEqual([webhook]);
  },
);

test.each(unsettableHeaders)(
  "%s can be set neither by a signature nor by a meta header",
  async (name) => {
    const config = { signatures: [{ ...recipe, header: name }], metaHeaders: { [name]: "{id}" } };
    const answer = await root.call("putWebhook", fresh(), { json: withConfig(config) });
    expect(refusalOf(answer)).toEqual(
      badFields("config.signatures.0.header", `config.metaHeaders.${name}`),
    );
  },
);

test("what a webhook has already is looked at too", async () => {
  const id = fresh();
  await putWebhook(root, id, withConfig({ customHeaders: { "x-acme-signature": "1" } }));
  const later = await root.call("putWebhook", id, { json: withConfig({ signatures: [recipe] }) });
  expect(refusalOf(later)).toEqual(badFields("config.signatures.0"));
  await putWebhook(root, id, withConfig({ customHeaders: {}, signatures: [recipe] }));
  const back = { customHeaders: { "X-Acme-Signature": "1" } };
  const answer = await root.call("putWebhook", id, { json: withConfig(back) });
  expect(refusalOf(answer)).toEqual(badFields("config.customHeaders.X-Acme-Signature"));
});

const plain = "It's a Secret to Everybody";

test("any visible text is a secret where nothing decodes it, and is answered as it is", async () => {
  const id = fresh();
  const config = { standardSignature: false, signatures: [{ scheme: "github" }] };
  const { secretString } = await putWebhook(root, id, withConfig(config, { secretString: plain }));
  expect(secretString).toBe(plain);
  const answer = await root.call("getWebhookSecret", id);
  expect(answer.body).toMatchObject({ response: { secret: plain } });
  const again = await putWebhook(root, id, withConfig({ timeoutSeconds: 3 }));
  expect(again.secretString).toBe(plain);
  const rotated = await root.call("rotateWebhookSecret", id);
  expect(rotated.body).toMatchObject({ response: { secret: expect.stringMatching(/^whsec_/) } });
});

test.each(["1234567", "x".repeat(257), " 12345678", "12345678 ", "1234\n5678", "größe-secret", ""])(
  "%j is no secret of any kind",
  async (secretString) => {
    const json = withConfig({ standardSignature: false }, { secretString });
    expect(refusalOf(await root.call("putWebhook", fresh(), { json }))).toEqual(
      badFields("secretString"),
    );
  },
);

test("a plain secret goes with neither the standard signature nor one that decodes it", async () => {
  const decoding = { standardSignature: false, signatures: [{ scheme: "svix" }] };
  for (const config of [{}, { standardSignature: true }, decoding]) {
    const json = withConfig(config, { secretString: plain });
    const answer = await root.call("putWebhook", fresh(), { json });
    expect(refusalOf(answer)).toEqual(badFields("secretString"));
    expect(answer.text).toContain("must be whsec_ and the base64 of 16 to 75 bytes");
  }
});

test("a webhook with a plain secret takes no signature that decodes it, and takes one with another secret", async () => {
  const id = fresh();
  const { webhook, webhookId } = await putWebhook(
    root,
    id,
    withConfig({ standardSignature: false }, { secretString: plain }),
  );
  const refused: [config: object, path: string][] = [
    [{ standardSignature: true }, "config.standardSignature"],
    [{ signatures: [{ scheme: "github" }, { scheme: "svix" }] }, "config.signatures.1"],
    [{ signatures: [{ ...recipe, key: "decoded" }] }, "config.signatures.0"],
  ];
  for (const [config, path] of refused) {
    for (const answer of [
      await root.call("putWebhook", id, { json: withConfig(config) }),
      await root.call("updateWebhookDetails", { webhookId }, { json: details(config) }),
    ]) {
      expect(refusalOf(answer)).toEqual(badFields(path));
      expect(answer.text).not.toContain(plain);
    }
  }
  expect((await getWebhook(root, webhookId)).webhook).toEqual(webhook);
  const secretString = `whsec_${"A".repeat(32)}`;
  const { webhook: changed } = await putWebhook(
    root,
    id,
    withConfig({ standardSignature: true, signatures: [{ scheme: "svix" }] }, { secretString }),
  );
  expect(changed.config).toMatchObject({ signatures: [{ scheme: "svix" }] });
});
