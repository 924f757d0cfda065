import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import type { ClientIdentity } from "../../../shared/domain/requests/outgoing-request.ts";
import { Secret } from "../../../shared/domain/webhooks/sealed.ts";
import { openWebhookClient } from "../../../shared/http/webhook-client.ts";
import { type Issued, issue } from "../../support/network/certificates.ts";

const authority = issue("receivers", { isAuthority: true });
const clients = issue("clients", { isAuthority: true });
const server = issue("receiver", { issuer: authority, addresses: ["127.0.0.1"] });
const dayMs = 86_400_000;

interface Met {
  /** Of the client's certificate; none where it showed none. */
  readonly name: string | undefined;
  readonly connection: number;
  readonly isResumed: boolean;
}

/** A receiver that asks for a client certificate of `clients`; it may let others in, to see what they show. */
async function startReceiver({ demands = true, closes = false, version = "TLSv1.3" } = {}) {
  const met: Met[] = [];
  const connections = new Map<unknown, number>();
  const secure = { cert: server.cert, key: server.key, ca: clients.cert };
  const options = {
    ...secure,
    requestCert: true,
    rejectUnauthorized: demands,
    maxVersion: version as "TLSv1.2" | "TLSv1.3",
  };
  const receiver = createServer(options, ({ socket }, response) => {
    const tls = socket as TLSSocket; // a server that speaks TLS has no other
    const connection = connections.get(socket) ?? connections.size + 1;
    connections.set(socket, connection);
    const name = tls.getPeerCertificate().subject?.CN?.toString();
    met.push({ name, connection, isResumed: tls.isSessionReused() });
    response.writeHead(200, closes ? { connection: "close" } : {}).end("ok");
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  onTestFinished(async () => {
    receiver.close();
    receiver.closeAllConnections();
    await once(receiver, "close");
  });
  return { met, url: `https://127.0.0.1:${(receiver.address() as AddressInfo).port}/` };
}

function identityOf(issued: Issued, id = issued.name, caPem?: string): ClientIdentity {
  return {
    id,
    certificatePem: issued.cert,
    privateKey: new Secret(issued.key),
    caPem: caPem ?? authority.cert,
    expiryTimeMs: Date.now() + dayMs,
  };
}

const body = Buffer.from("{}");
function open() {
  const client = openWebhookClient({ allowPrivate: true });
  return async (url: string, clientIdentity?: ClientIdentity) => {
    const request = { cacheName: "c", url, headers: {}, body, timeoutMs: 20_000 };
    const { outcome } = await client.post({
      ...request,
      ...(clientIdentity && { clientIdentity }),
    });
    return outcome;
  };
}

const own = issue("own", { issuer: clients });

test.each(["TLSv1.2", "TLSv1.3"])("shows its certificate over %s", async (version) => {
  const { url, met } = await startReceiver({ version });
  const post = open();
  expect(await post(url, identityOf(own))).toMatchObject({ statusCode: 200 });
  expect(met).toMatchObject([{ name: "own" }]);
});

test("no connection serves another webhook, or one without a certificate", async () => {
  const { url, met } = await startReceiver({ demands: false });
  const post = open();
  const other = issue("other", { issuer: clients });
  const a = identityOf(own, "whk_a/1");
  const b = identityOf(other, "whk_b/1");
  for (const identity of [a, b, a, b]) {
    expect(await post(url, identity)).toMatchObject({ statusCode: 200 });
  }
  expect(met.map(({ name }) => name)).toEqual(["own", "other", "own", "other"]);
  expect(met.map(({ connection }) => connection)).toEqual([1, 2, 1, 2]);
  expect(await post(url)).toMatchObject({ kind: "unreachable" }); // no connection of theirs is at hand
  expect(met).toHaveLength(4);
});

test("a webhook with the same certificate has connections of its own", async () => {
  const { url, met } = await startReceiver();
  const post = open();
  for (const id of ["whk_a/1", "whk_b/1", "whk_a/1"]) await post(url, identityOf(own, id));
  expect(met.map(({ connection }) => connection)).toEqual([1, 2, 1]);
});

test("a certificate that was replaced is not shown again, on no connection and in no session", async () => {
  const { url, met } = await startReceiver({ closes: true });
  const post = open();
  const next = issue("next", { issuer: clients });
  const identities = [identityOf(own, "whk_a/1"), identityOf(own, "whk_a/1")];
  for (const identity of [...identities, identityOf(next, "whk_a/2")]) await post(url, identity);
  expect(met.map(({ name, isResumed }) => [name, isResumed])).toEqual([
    ["own", false],
    ["own", true],
    ["next", false],
  ]);
});

const unknownReceiver =
  /^TLS: the receiver's certificate comes from an unknown authority \([A-Z_]+\)$/;

test("trusts the authorities that it is given, and no other", async () => {
  const { url, met } = await startReceiver();
  const post = open();
  const wrong = identityOf(own, "wrong", clients.cert);
  const { caPem: _none, ...publicOnly } = identityOf(own, "public");
  for (const identity of [wrong, publicOnly]) {
    const outcome = await post(url, identity);
    expect(outcome).toEqual({ kind: "unreachable", error: expect.stringMatching(unknownReceiver) });
  }
  expect(met).toEqual([]);
});

/** Node's own servers close the connection without an alert. */
const closed = "connection closed before the answer was complete";

test("says that the receiver may refuse the certificate", async () => {
  const { url, met } = await startReceiver();
  const stranger = issue("stranger", { issuer: issue("others", { isAuthority: true }) });
  expect(await open()(url, identityOf(stranger))).toEqual({
    kind: "unreachable",
    error: `${closed}; the receiver may refuse the client certificate`,
  });
  expect(met).toEqual([]);
});

test("says that the certificate has expired, and when", async () => {
  const { url, met } = await startReceiver();
  const untilMs = Math.floor((Date.now() - dayMs) / 1000) * 1000;
  const old = issue("old", { issuer: clients, fromMs: untilMs - dayMs, untilMs });
  const time = new Date(untilMs).toISOString().replace(".000Z", "Z");
  expect(await open()(url, { ...identityOf(old), expiryTimeMs: untilMs })).toEqual({
    kind: "unreachable",
    error: `${closed}; the client certificate expired at ${time}`,
  });
  expect(met).toEqual([]);
});

test("says of no success that the certificate has expired", async () => {
  const { url } = await startReceiver({ demands: false });
  const outcome = await open()(url, { ...identityOf(own), expiryTimeMs: Date.now() - dayMs });
  expect(outcome).toMatchObject({ statusCode: 200 });
});

test("refuses private addresses with a certificate as without", async () => {
  const { url, met } = await startReceiver();
  const client = openWebhookClient({ allowPrivate: false });
  const request = { cacheName: "c", url, headers: {}, body, timeoutMs: 20_000 };
  const { outcome } = await client.post({ ...request, clientIdentity: identityOf(own) });
  expect(outcome).toMatchObject({ kind: "refused" });
  expect(met).toEqual([]);
});
