import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { request as httpsRequest } from "node:https";
import { pipeline } from "node:stream/promises";
import type { ReceivedReport } from "./received-report.ts";

/** They are about one connection, and the next one has its own. */
const ofTheConnection =
  /^(host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect)$/i;
const timeoutSeconds = 30;

/** Sends the request on as it came, and answers with what comes back; 502 where nothing does. */
export async function forwardRequest(
  url: string,
  rawHeaders: readonly string[],
  body: Buffer,
  response: ServerResponse,
): Promise<Pick<ReceivedReport, "statusCode" | "forwarded">> {
  const startedMs = performance.now();
  const outcome = (statusCode: number | null, error: string | null) => {
    return {
      statusCode,
      forwarded: { latencyMs: Math.round(performance.now() - startedMs), error },
    };
  };
  const timeout = AbortSignal.timeout(timeoutSeconds * 1_000);
  const sender = new AbortController();
  response.once("close", () => sender.abort());
  try {
    const signal = AbortSignal.any([timeout, sender.signal]);
    const answer = await post(url, withoutConnection(rawHeaders), body, signal);
    response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.rawHeaders));
    await pipeline(answer, response);
    return outcome(response.statusCode, null);
  } catch (error) {
    const target = withoutCredentials(url);
    if (sender.signal.aborted) return outcome(null, `the sender did not wait for ${target}`);
    const reason = timeout.aborted
      ? ` within ${timeoutSeconds} s`
      : `: ${Object(error).code ?? Object(error).message}`;
    if (response.headersSent) {
      response.destroy();
      return outcome(response.statusCode, `${target} did not end its answer${reason}`);
    }
    response.writeHead(502).end();
    return outcome(502, `${target} did not answer${reason}`);
  }
}

async function post(
  url: string,
  headers: string[],
  body: Buffer,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  const addressed = [...headers, "host", new URL(url).host];
  const outgoing = send(url, { method: "POST", headers: addressed, signal });
  return await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once("response", resolve);
    // Nothing has asked for another protocol, and the response to the request will not come.
    outgoing.once("upgrade", ({ statusCode }, socket) => {
      socket.destroy();
      reject(new Error(`it wants another protocol (HTTP ${statusCode})`));
    });
    outgoing.once("error", reject);
    outgoing.once("close", () => reject(new Error("the connection was closed")));
    outgoing.end(body);
  });
}

/** Where it goes, without what may be a password or a token. */
function withoutCredentials(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** Names and values in turns, as Node keeps and takes them. */
function withoutConnection(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter(
    (_, index) => !ofTheConnection.test(rawHeaders[index - (index % 2)] ?? ""),
  );
}
