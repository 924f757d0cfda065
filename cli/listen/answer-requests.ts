import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { checkSignatures } from "../check-signatures.ts";
import type { Output } from "../output/output.ts";
import { forwardRequest } from "./forward-request.ts";
import { type ReceivedReport, receivedLine } from "./received-report.ts";

interface AnswerOptions {
  /** Requests wait for it: the first may arrive before the answer to the put that made them come. */
  readonly secret: Promise<string>;
  readonly forward: string | undefined;
  /** What is answered where nothing is forwarded. */
  readonly status: number;
  readonly withBody: boolean;
  readonly output: Pick<Output, "show" | "note">;
  readonly signal: AbortSignal;
}

/** Several times the largest delivery: through a tunnel anybody may send anything. */
const maxBodyBytes = 4 * 1_024 * 1_024;

/** Verifies, forwards and prints every request until the signal is given. */
export async function answerRequests(server: Server, options: AnswerOptions): Promise<void> {
  const attempts = new Map<string, number>();
  const attemptOf = (messageId: string) => {
    const attempt = (attempts.get(messageId) ?? 0) + 1;
    attempts.set(messageId, attempt);
    return attempt;
  };
  server.on("request", async (request, response) => {
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "POST" }).end();
      return;
    }
    try {
      const report = await answer(request, response, options, attemptOf);
      options.output.show(report, receivedLine(report));
    } catch (error) {
      // Perhaps the sender hung up in the middle of its body: there is nobody to answer.
      response.destroy();
      const reason = error instanceof Error ? error.message : String(error);
      options.output.note(`A request was dropped: ${reason}`);
    }
  });
  if (!options.signal.aborted) await once(options.signal, "abort");
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { secret, forward, status, withBody }: AnswerOptions,
  attemptOf: (messageId: string) => number,
): Promise<ReceivedReport> {
  const body = await bodyOf(request);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const { verified, reason, messageId, signatures } = await checkSignatures(
    { headers, body },
    { secret: await secret },
  );
  const report = {
    ...{ time: new Date().toISOString(), messageId },
    ...{ attempt: verified && messageId !== null ? attemptOf(messageId) : 0, bytes: body.length },
    ...{ contentType: headers["content-type"] ?? null, verified, reason, signatures },
    ...(withBody && { body: body.toString() }),
  };
  if (!verified) {
    response.writeHead(400).end("not verified\n");
    return { ...report, statusCode: 400, forwarded: null };
  }
  if (forward === undefined) {
    response.writeHead(status).end();
    return { ...report, statusCode: status, forwarded: null };
  }
  return { ...report, ...(await forwardRequest(forward, request.rawHeaders, body, response)) };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error(`its body has more than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
