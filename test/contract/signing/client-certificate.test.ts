import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { type Issued, issue, newKeys } from "../../support/network/certificates.ts";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { getWebhook, listWebhooks, plainBody, putWebhook, testWebhook } from "../webhooks.ts";

const { root } = await openService();
const authority = issue("receivers", { isAuthority: true });
const clients = issue("clients", { isAuthority: true });
const server = issue("receiver", { issuer: authority, addresses: ["127.0.0.1"] });
const dayMs = 86_400_000;

/** Asks for a client certificate of `clients`, and notes whose it was and the path. */
const met: { name: string | undefined; path: string }[] = [];
const receiver = createServer(
  { cert: server.cert, key: server.key, ca: clients.cert, requestCert: true },
  ({ socket, url = "" }, response) => {
    const { subject } = (socket as TLSSocket).getPeerCertificate(); // a server that speaks TLS has no other socket
    met.push({ name: subject?.CN?.toString(), path: url });
    response.end("ok");
  },
).listen(0, "127.0.0.1");
await once(receiver, "listening");
const receiverUrl = `https://127.0.0.1:${(receiver.address() as AddressInfo).port}`; // it listens on TCP
afterAll(async () => {
  receiver.close();
  receiver.closeAllConnections();
  await once(receiver, "close");
});

const hidden = "•••";
const fresh = () => ({ cacheName: freshCache(), webhookName: "w" });
const certificateOf = ({ cert, key }: Issued, changes: object = {}) => ({
  ...{ certificatePem: cert, privateKeyPem: key, caPem: authority.cert },
  ...changes,
});
const own = issue("own", { issuer: clients });
const rsa = generateKeyPairSync("rsa", { modulusLength: 1_024 });
const clientCertificate = certificateOf(own);
const shown = { ...clientCertificate, privateKeyPem: hidden };
const withCertificate = (clientCertificate: object | null, path = "/hook") => ({
  destination: { postUrl: receiverUrl + path },
  topicName: "t",
  config: { clientCertificate },
});
const details = (config: object) => ({
  productId: null,
  events: [],
  config: { url: `${receiverUrl}/hook`, customHeaders: {}, ...config },
});

test("is shown without its private key, wherever the webhook is shown", async () => {
  const id = fresh();
  const { webhook, webhookId } = await putWebhook(root, id, withCertificate(clientCertificate));
  expect(webhook.config.clientCertificate).toEqual(shown);
  expect((await getWebhook(root, webhookId)).webhook.config.clientCertificate).toEqual(shown);
  const { webhooks } = await listWebhooks(root, id.cacheName);
  expect(webhooks.map(({ config }) => config.clientCertificate)).toEqual([shown]);
});

test("stays when it is left out or sent back as shown, and null removes it", async () => {
  const id = fresh();
  const body = withCertificate(clientCertificate);
  const { webhook, webhookId } = await putWebhook(root, id, body);
  const current = async () => (await getWebhook(root, webhookId)).webhook.config.clientCertificate;
  await putWebhook(root, id, { ...body, config: {} });
  await root.call("updateWebhookDetails", { webhookId }, { json: details({}) });
  await root.call("updateWebhookDetails", { webhookId }, { json: details(webhook.config) });
  await putWebhook(root, id, withCertificate(shown));
  expect(await current()).toEqual(shown);
  const tested = await testWebhook(root, webhookId);
  expect(tested.body).toMatchObject({ response: { delivered: true } });
  await putWebhook(root, id, withCertificate(null));
  expect(await current()).toBeUndefined();
  const answered = await root.call("putWebhook", id, { json: withCertificate(shown) });
  expect(refusalOf(answered)).toEqual(badFields("config.clientCertificate.privateKeyPem"));
});

test("createWebhook takes it, and keeps no hidden key", async () => {
  const create = (clientCertificate: object) => {
    const id = { cacheName: freshCache() };
    const config = { url: plainBody.destination.postUrl, clientCertificate };
    return root.call("createWebhook", {}, { json: { id, config } });
  };
  expect((await create(clientCertificate)).status).toBe(201);
  expect(refusalOf(await create(shown))).toEqual(
    badFields("config.clientCertificate.privateKeyPem"),
  );
});

test.each([
  ["another key", { privateKeyPem: issue("other").key }, ["privateKeyPem"]],
  [
    "no PEM at all",
    { certificatePem: "a", privateKeyPem: "b", caPem: "c" },
    ["certificatePem", "privateKeyPem", "caPem"],
  ],
  ["one too long", { certificatePem: own.cert + " ".repeat(16_384) }, ["certificatePem"]],
  [
    "a key too short for TLS",
    certificateOf(issue("short", { issuer: clients, keys: rsa })),
    ["certificatePem"],
  ],
  ["a field that nobody knows", { passphrase: "x" }, ["passphrase"]],
  ["an expired one", certificateOf(issue("own", { untilMs: Date.now() - 1 })), ["certificatePem"]],
  [
    "one that is not valid yet",
    certificateOf(issue("own", { fromMs: Date.now() + dayMs })),
    ["certificatePem"],
  ],
])("refuses %s", async (_, changes, names) => {
  const body = withCertificate({ ...clientCertificate, ...changes });
  const paths = names.map((name) => `config.clientCertificate.${name}`);
  const put = await root.call("putWebhook", fresh(), { json: body });
  expect(refusalOf(put)).toEqual(badFields(...paths));
  const { webhookId } = await putWebhook(root, fresh());
  const json = details({ clientCertificate: body.config.clientCertificate });
  const updated = await root.call("updateWebhookDetails", { webhookId }, { json });
  expect(refusalOf(updated)).toEqual(badFields(...paths));
  for (const { text } of [put, updated]) expect(text).not.toContain(own.key.slice(40, 80));
});

const names = (path: string) => met.filter((one) => one.path === path).map(({ name }) => name);

test("identifies deliveries and tests, from the next attempt on by the certificate of a later put", async () => {
  const id = fresh();
  const path = `/${id.cacheName}`;
  const keys = newKeys();
  const [first, renewed] = [
    issue("first", { issuer: clients, keys }),
    issue("renewed", { issuer: clients, keys }),
  ];
  const { webhookId } = await putWebhook(root, id, withCertificate(certificateOf(first), path));
  const post = () => publish(root, { ...id, topicName: "t" }, { json: { total: 12 } });
  await post();
  await eventually(() => names(path).length === 1);
  await testWebhook(root, webhookId);
  expect(names(path)).toEqual(["first", "first"]);

  // The same key, which need not be sent again; then another key.
  await putWebhook(
    root,
    id,
    withCertificate(certificateOf(renewed, { privateKeyPem: hidden }), path),
  );
  await post();
  await eventually(() => names(path).length === 3);
  await putWebhook(
    root,
    id,
    withCertificate(certificateOf(issue("other", { issuer: clients })), path),
  );
  await post();
  await eventually(() => names(path).length === 4);
  expect(names(path)).toEqual(["first", "first", "renewed", "other"]);
});

const Logged = z.object({
  response: z.object({ deliveries: z.array(z.object({ error: z.nullable(z.string()) })) }),
});

test.each([
  [
    "without one, of an authority that nobody knows",
    null,
    "TLS: the receiver's certificate comes from an unknown authority",
  ],
  [
    "without the receiver's authority",
    certificateOf(own, { caPem: clients.cert }),
    "TLS: the receiver's certificate comes from an unknown authority",
  ],
  [
    "by one that the receiver does not know",
    certificateOf(issue("stranger")),
    "the receiver may refuse the client certificate",
  ],
])("tells in the log of a delivery %s why it failed", async (_, certificate, said) => {
  const id = fresh();
  const { webhookId } = await putWebhook(root, id, withCertificate(certificate));
  await publish(root, { ...id, topicName: "t" }, { json: {} });
  const error = await eventually(async () => {
    const listed = await root.call("listDeliveries", { webhookId });
    const [delivery] = Logged.parse(listed.body).response.deliveries;
    return delivery?.error ?? undefined;
  });
  expect(error).toContain(said);
});

test("its health says when the first certificate of the chain expires", async () => {
  const untilMs = Math.floor((Date.now() + 40 * dayMs) / 1000) * 1000;
  const soon = issue("soon", { issuer: clients, isAuthority: true, untilMs });
  const chain = certificateOf(own, { certificatePem: own.cert + soon.cert });
  const { webhookId } = await putWebhook(root, fresh(), withCertificate(chain));
  const health = async () => {
    const found = await root.call(
      "getWebhookDetails",
      { webhookId },
      { query: { include: "health" } },
    );
    return found.body;
  };
  const certificateExpiryTime = new Date(untilMs).toISOString().replace(".000", "");
  expect(await health()).toMatchObject({
    response: { health: { state: "ok", certificateExpiryTime } },
  });
  const without = await putWebhook(root, fresh());
  const plain = await root.call(
    "getWebhookDetails",
    { webhookId: without.webhookId },
    { query: { include: "health" } },
  );
  expect(plain.text).not.toContain("certificateExpiryTime");
});
