import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { AllowedHost } from "../allowed-hosts.ts";
import { createHostCheck, type HostCheck, notAllowed } from "../host-header.ts";
import { type ApiResponse, GatewayRefusal, refusalResponse } from "./api-response.ts";
import type { Gateway } from "./gateway.ts";

export interface Listener {
  url: string;
  /** From now on requests are answered; until then, 503. */
  serve: (gateway: Gateway) => void;
  /** Takes no more requests and gives those under way a moment. */
  close: (graceMs: number) => Promise<void>;
}

// API Gateway's limit for the request line and all headers together.
const maxHeaderBytes = 10 * 1024;

/** Binds the port at once, long before there is something to serve, so that a taken one shows early. */
export async function listen(
  port: number,
  allowedHosts: readonly AllowedHost[] = [],
): Promise<Listener> {
  let gateway: Gateway = async () => refusalResponse(new GatewayRefusal(503));
  let checkHost: HostCheck = () => 403;
  const server = createServer({ maxHeaderSize: maxHeaderBytes }, (request, response) => {
    const refusal = checkHost(request.rawHeaders);
    if (refusal) send(hostRefusal(refusal), response);
    else void gateway(request).then((answer) => send(answer, response));
  });
  // Longer than clients keep idle connections, so that they never send into a closing one.
  server.keepAliveTimeout = 75_000;
  server.on("clientError", refuseMalformed);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  // `listen` on a TCP port makes the address an AddressInfo.
  const { port: actualPort } = server.address() as AddressInfo;
  checkHost = createHostCheck(actualPort, allowedHosts);
  return {
    url: `http://127.0.0.1:${actualPort}`,
    serve: (ready) => {
      gateway = ready;
    },
    close: (graceMs) => close(server, graceMs),
  };
}

function hostRefusal(status: number): ApiResponse {
  const refusal = refusalResponse(new GatewayRefusal(status));
  return status === 403 ? { ...refusal, body: JSON.stringify({ message: notAllowed }) } : refusal;
}

function send(answer: ApiResponse, response: ServerResponse): void {
  try {
    const hasBody = answer.status !== 204 && answer.status !== 304;
    const length = hasBody ? { "content-length": Buffer.byteLength(answer.body) } : {};
    response.writeHead(answer.status, { ...answer.headers, ...length });
    response.end(answer.body);
  } catch {
    // A function's header may hold characters that no header can.
    const refusal = refusalResponse(new GatewayRefusal(500));
    response.writeHead(refusal.status, refusal.headers).end(refusal.body);
  }
}

function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  const { status, message } = new GatewayRefusal(error.code === "HPE_HEADER_OVERFLOW" ? 431 : 400);
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${status} ${message}\r\ncontent-type: application/json\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

async function close(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
