import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { expect, onTestFinished, test, vi } from "vitest";
import { dynamoDb } from "../../../shared/aws/clients.ts";
import { eventually } from "../../support/eventually.ts";
import { issue } from "../../support/network/certificates.ts";
import { portOf } from "../../support/process/free-port.ts";
import { startFile } from "../../support/process/program.ts";
import { credentials, region, useAwsEnvironment } from "./twins.ts";

useAwsEnvironment();

const atOnce = 6;

/** Counts connections, and keeps each open until it is told otherwise. */
async function startKeepingAws() {
  const sockets = new Set<Socket>();
  let connections = 0;
  /** How a further call on a connection that has answered before ends. */
  let isResetting = false;
  const answered = new WeakSet<Socket>();
  const server = createServer({ keepAliveTimeout: 0 }, ({ socket }, response) => {
    if (isResetting && answered.has(socket)) return void socket.resetAndDestroy();
    answered.add(socket);
    response.end("{}");
  }).listen(0, "127.0.0.1");
  server.on("connection", (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    connections: () => connections,
    open: () => sockets.size,
    resetWhatIsKept: () => {
      isResetting = true;
    },
    closeAll: () => {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const query = () => dynamoDb.call("Query", { TableName: "rows" });
const queries = () => Promise.all(Array.from({ length: atOnce }, query));

test("connections are kept, and used again", async () => {
  await using aws = await startKeepingAws();
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  await queries();
  await queries();
  expect(aws.connections()).toBe(atOnce);
});

test("each endpoint has connections of its own", async () => {
  await using one = await startKeepingAws();
  await using other = await startKeepingAws();
  for (const aws of [one, other, one, other]) {
    vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
    await query();
  }
  expect([one.connections(), other.connections()]).toEqual([1, 1]);
});

test.each([
  ["localhost", "localhost"],
  ["127.0.0.1", false],
])(
  "over TLS, %s is asked for by the name %s, and its certificate must have it",
  async (host, name) => {
    const asked: unknown[] = [];
    const listen = async (certificate: ReturnType<typeof issue>) => {
      const server = createTlsServer(certificate, ({ socket }, response) => {
        asked.push((socket as TLSSocket & { servername: unknown }).servername); // it speaks TLS
        response.end("{}");
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      onTestFinished(() => void server.close().closeAllConnections());
      return `https://${host}:${portOf(server)}`;
    };
    const own = issue("own", { dnsNames: ["localhost"], addresses: ["127.0.0.1"] });
    const foreign = issue("foreign", { dnsNames: ["elsewhere.example"] });
    const trusted = getCACertificates("default");
    setDefaultCACertificates([...trusted, own.cert, foreign.cert]);
    onTestFinished(() => setDefaultCACertificates(trusted));

    vi.stubEnv("AWS_ENDPOINT_URL", await listen(own));
    await query();
    expect(asked).toEqual([name]);
    vi.stubEnv("AWS_ENDPOINT_URL", await listen(foreign));
    await expect(query()).rejects.toMatchObject({ code: "ERR_TLS_CERT_ALTNAME_INVALID" });
  },
);

test("when a kept connection is found dead, all that lie idle are dropped, and no attempt is counted", async () => {
  await using aws = await startKeepingAws();
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  await queries();
  aws.resetWhatIsKept();
  expect(await query()).toMatchObject({ $metadata: { attempts: 1, totalRetryDelay: 0 } });
  expect(aws.connections()).toBe(atOnce + 1);
  await eventually(() => aws.open() === 1);
});

test("a new connection that dies is a failure like any other", async () => {
  const server = createServer(({ socket }) => void socket.resetAndDestroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${portOf(server)}`);
  await expect(query()).rejects.toMatchObject({ code: "ECONNRESET", $metadata: { attempts: 3 } });
  server.close();
});

test("a process that was frozen until all its connections were gone goes on at once", async () => {
  await using aws = await startKeepingAws();
  await using program = startFile("test/unit/aws/freeze.ts", [String(atOnce)], {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  const pid = Number(program.child.pid);
  // It stops itself, as Lambda stops an environment between two invocations.
  await eventually(() => /^T/.test(stateOf(pid)));
  expect(aws.connections()).toBe(atOnce);
  aws.closeAll();
  await eventually(() => aws.open() === 0);
  process.kill(pid, "SIGCONT");
  expect(await program.exited).toBe(0);
  expect(JSON.parse(program.stdout())).toEqual(Array(atOnce).fill({ attempts: 1, delay: 0 }));
});

function stateOf(pid: number): string {
  return execFileSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" }).trim();
}
