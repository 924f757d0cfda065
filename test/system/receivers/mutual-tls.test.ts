import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod/mini";
import { publish, webhookPath } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { type Issued, issue } from "../../support/network/certificates.ts";
import { freePort } from "../../support/process/free-port.ts";
import { isMissing } from "../../support/process/is-missing.ts";
import { type Api, api } from "../../support/service/api.ts";
import { type LocalRun, startLocalRun } from "../../support/service/local-run.ts";
import {
  lastField,
  type OtherReceiver,
  receiverKinds,
  startOther,
  type TlsVersion,
  tlsVersions,
} from "./mutual-tls/other-receivers.ts";

const receivers = issue("receivers", { isAuthority: true });
const clients = issue("clients", { isAuthority: true });
const intermediate = issue("intermediate", { issuer: clients, isAuthority: true });
const server = issue("receiver", { issuer: receivers, addresses: ["127.0.0.1"] });
const keys = generateKeyPairSync("rsa", { modulusLength: 2_048 });

const certificates = {
  ec: issue("ec", { issuer: clients }),
  rsa: issue("rsa", { issuer: clients, keys }),
  "ec-chain": behind(intermediate, issue("ec-chain", { issuer: intermediate })),
  "rsa-chain": behind(intermediate, issue("rsa-chain", { issuer: intermediate, keys })),
};
const stranger = issue("stranger", { issuer: issue("others", { isAuthority: true }) });

function behind(authority: Issued, issued: Issued): Issued {
  return { ...issued, cert: issued.cert + authority.cert };
}

let folder: string;
let run: LocalRun;
let call: Api;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hookcast-mutual-tls-"));
  const files = {
    "server.pem": server.cert,
    "server.key": server.key,
    "clients.pem": clients.cert,
    "receivers.pem": receivers.cert,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  // A webhook without a client certificate has no authorities of its own, and would not trust the receiver.
  run = await startLocalRun({ env: { NODE_EXTRA_CA_CERTS: join(folder, "receivers.pem") } });
  call = api(run.url, run.key);
});

afterAll(async () => {
  await run?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** What each version of TLS has to say of a missing certificate. */
const missing: Record<TlsVersion, string> = {
  "1.2":
    "TLS: the receiver refuses the handshake (ALERT_HANDSHAKE_FAILURE); the webhook has no client certificate",
  "1.3":
    "TLS: the receiver asks for a client certificate (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)",
};

test.for(Object.entries(receiverKinds))(
  "%s lets in the deliveries of a certificate that it knows, and the log says why it refuses others",
  // Go compiles its server first.
  { timeout: 300_000 },
  async ([, kind], { skip }) => {
    if (isMissing(kind.tool)) skip(`there is no ${kind.tool} on this machine`);
    const commandFor = await kind.prepare(folder);
    for (const version of tlsVersions) {
      const port = await freePort();
      await using receiver = await startOther(commandFor(version, port), port, kind);
      for (const [clientName, issued] of Object.entries(certificates)) {
        const sent = await send(receiver, `${kind.tool}-${version}-${clientName}`, issued);
        const met = await eventually(() => receiver.find(sent.messageId));
        // s_server does not say whose certificate it saw.
        expect(met).toEqual(kind.tool === "openssl" ? {} : { clientName });
        await sent.expectDelivered();
      }
      const without = await send(receiver, `${kind.tool}-${version}-none`);
      await without.expectError(missing[version]);
      const unknown = await send(receiver, `${kind.tool}-${version}-stranger`, stranger);
      await unknown.expectError(
        /^TLS: the receiver does not know who issued the client certificate/,
      );
      for (const { messageId } of [without, unknown]) {
        expect(receiver.find(messageId), receiver.log()).toBeUndefined();
      }
    }
  },
);

const Listed = z.object({
  response: z.object({
    deliveries: z.array(z.object({ status: z.string(), error: z.nullable(z.string()) })),
  }),
});
const Put = z.object({ response: z.object({ webhookId: z.string() }) });

/** Publishes to a new webhook of this certificate, or of none. */
async function send(receiver: OtherReceiver, name: string, issued?: Issued) {
  const cacheName = name.replaceAll(".", "-");
  const clientCertificate = issued && {
    certificatePem: issued.cert,
    privateKeyPem: issued.key,
    caPem: receivers.cert,
  };
  const put = await call({
    method: "PUT",
    path: webhookPath(cacheName, "w"),
    body: {
      destination: { postUrl: receiver.url },
      topicName: "t",
      config: { format: "raw", ...(clientCertificate && { clientCertificate }) },
    },
  });
  expect(put.status, JSON.stringify(put.body)).toBe(201);
  const { webhookId } = Put.parse(put.body).response;
  const messageId = await publish(call, cacheName, "t", `{"total":12,${lastField}`);
  const path = `/api/v1/Webhooks/${webhookId}/deliveries`;
  const delivery = async () => {
    const { body } = await call({ method: "GET", path });
    return Listed.parse(body).response.deliveries[0];
  };
  return {
    messageId,
    expectDelivered: () => eventually(async () => (await delivery())?.status === "delivered"),
    // Of any attempt: a busy machine may cut a connection before the alert was read.
    expectError: (said: string | RegExp) =>
      eventually(async () => {
        expect((await delivery())?.error).toMatch(said);
        return true;
      }),
  };
}
