import { once } from "node:events";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { request as httpsRequest } from "node:https";
import { pipeline } from "node:stream/promises";
import type { ReceivedReport } from "./received-report.ts";

/** They are about one connection, and the next one has its own. */
const ofTheConnection =
  /^(host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect)$/i;
const timeoutMs = 30_000;

/** Sends the request on as it came, and answers with what comes back; 502 where nothing does. */
export async function forwardRequest(
  url: string,
  rawHeaders: readonly string[],
  body: Buffer,
  response: ServerResponse,
): Promise<ReceivedReport["forwarded"]> {
  const startedMs = performance.now();
  const latencyMs = () => Math.round(performance.now() - startedMs);
  try {
    const answer = await post(url, withoutConnection(rawHeaders), body);
    response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.rawHeaders));
    await pipeline(answer, response);
    return { latencyMs: latencyMs(), error: null };
  } catch (error) {
    const reason = Object(error).code ?? Object(error).message;
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
    return { latencyMs: latencyMs(), error: `${url} did not answer: ${reason}` };
  }
}

async function post(url: string, headers: string[], body: Buffer): Promise<IncomingMessage> {
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(timeoutMs);
  const addressed = [...headers, "host", new URL(url).host];
  const outgoing = send(url, { method: "POST", headers: addressed, signal }).end(body);
  // The event has one argument, which the type of `once` does not know.
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  return answer;
}

/** Names and values in turns, as Node keeps and takes them. */
function withoutConnection(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter(
    (_, index) => !ofTheConnection.test(rawHeaders[index - (index % 2)] ?? ""),
  );
}
