import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { afterAll, expect, test } from "vitest";
import { openWebhookClient } from "../../../../shared/http/webhook-client.ts";
import { eventually } from "../../../support/eventually.ts";
import { freePort } from "../../../support/process/free-port.ts";
import { namesWith } from "../named-addresses.ts";
import { makeCertificate } from "./tls-receiver.ts";

const certificate = await makeCertificate();
const trusted = getCACertificates("default");
if (certificate) setDefaultCACertificates([...trusted, certificate.cert]);
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await certificate?.[Symbol.asyncDispose]();
});

const testWithTls = test.skipIf(!certificate);

function post(url: string) {
  const client = openWebhookClient({ allowPrivate: true }, namesWith(["127.0.0.1"]));
  const request = { cacheName: "c", url, headers: {}, body: Buffer.from("{}") };
  return client.post({ ...request, timeoutMs: 20_000 });
}

interface Met {
  servername: string | false | null;
  host: string | undefined;
  isResumed: boolean;
}

async function startReceiver(headers: Record<string, string> = {}) {
  const met: Met[] = [];
  const server: Server = createServer({ ...certificate }, (request, response) => {
    const socket = request.socket as TLSSocket; // a server that speaks TLS has no other
    const { servername } = socket as { servername?: Met["servername"] };
    const isResumed = socket.isSessionReused();
    met.push({ servername: servername ?? null, host: request.headers.host, isResumed });
    response.writeHead(200, headers).end("ok");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has one
  return {
    port,
    met,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

testWithTls.each(["a.example", "a.example."])(
  "posts to https://%s as to a.example",
  async (name) => {
    await using receiver = await startReceiver();
    const { port } = receiver;
    expect((await post(`https://${name}:${port}/`)).outcome).toMatchObject({ statusCode: 200 });
    expect(receiver.met).toEqual([
      { servername: "a.example", host: `a.example:${port}`, isResumed: false },
    ]);
  },
);

testWithTls("refuses a certificate of another name, with and without the dot", async () => {
  await using receiver = await startReceiver();
  for (const name of ["b.example", "b.example.", "a.example.evil"]) {
    const { outcome } = await post(`https://${name}:${receiver.port}/`);
    const error =
      "TLS: the receiver's certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID)";
    expect(outcome).toEqual({ kind: "unreachable", error });
  }
  expect(receiver.met).toEqual([]);
});

testWithTls("resumes the TLS session of a receiver that closes each connection", async () => {
  await using receiver = await startReceiver({ connection: "close" });
  const url = `https://a.example:${receiver.port}/`;
  const client = openWebhookClient({ allowPrivate: true }, namesWith(["127.0.0.1"]));
  const request = { cacheName: "c", url, headers: {}, body: Buffer.from("{}") };
  for (let n = 0; n < 3; n += 1) await client.post({ ...request, timeoutMs: 20_000 });
  expect(receiver.met.map(({ isResumed }) => isResumed)).toEqual([false, true, true]);
});

testWithTls("says that a receiver asks for a client certificate", async () => {
  const { keyFile = "", certFile = "" } = certificate ?? {};
  const port = await freePort();
  const files = ["-key", keyFile, "-cert", certFile, "-CAfile", certFile];
  const demand = ["-Verify", "1", "-verify_return_error", "-tls1_3"];
  const server = spawn("openssl", [
    "s_server",
    "-accept",
    `127.0.0.1:${port}`,
    ...files,
    ...demand,
  ]);
  try {
    let said = "";
    server.stdout.on("data", (text) => {
      said += text;
    });
    await eventually(() => said.includes("ACCEPT"));
    expect((await post(`https://a.example:${port}/`)).outcome).toEqual({
      kind: "unreachable",
      error:
        "TLS: the receiver asks for a client certificate (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)",
    });
  } finally {
    server.kill("SIGKILL");
  }
});
