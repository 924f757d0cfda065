import { type Agent, type IncomingMessage, type RequestOptions, request } from "node:http";
import { request as requestOverTls } from "node:https";
import type { Socket } from "node:net";
import type { Answer } from "./answer.ts";
import { type AnswerTap, maxBodyBytes, maxHeadBytes, tapAnswer } from "./answer-tap.ts";
import { mostBytesKept, mostEncodedBytesKept } from "./body-text.ts";
import { isExactAnswer } from "./exact-answer.ts";
import { looseAnswer } from "./loose-head.ts";

/** The body is for the log alone: the verdict waits no longer for it. */
const maxBodyMs = 2_000;

/** Why no answer came, and whether that may be the connection's fault alone. */
export class ExchangeError extends Error {
  readonly isDeadConnection: boolean;

  constructor(cause: Error, isDeadConnection: boolean) {
    super("no answer", { cause });
    this.isDeadConnection = isDeadConnection;
  }
}

/** How soon a connection that died idle shows it. */
const showsDeathWithinMs = 2_000;

/** One request and its answer, whose status counts once its headers are complete. */
export function exchange(
  agent: Agent,
  options: RequestOptions,
  requestBody: Buffer,
  signal: AbortSignal,
): Promise<Answer> {
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    let tap: AnswerTap | undefined;
    let isAnswered = false;
    const open = options.protocol === "https:" ? requestOverTls : request;
    const lenient = { insecureHTTPParser: true, maxHeaderSize: maxHeadBytes };
    const sent = open({ ...options, ...lenient, agent, method: "POST" });
    const giveUp = () => void sent.destroy(signal.reason);
    signal.addEventListener("abort", giveUp, { once: true });

    sent.on("socket", (socket) => {
      tap = tapAnswer(socket);
    });
    sent.on("error", (error: Error) => {
      signal.removeEventListener("abort", giveUp);
      if (isAnswered) return; // whatever becomes of the body, the status has been told
      const loose = isUnparsed(error) && tap && looseAnswer(Buffer.concat(tap.chunks));
      if (loose) return resolve({ ...loose, body: loose.body.subarray(0, mostBytesKept) });
      const isFresh = performance.now() - startMs < showsDeathWithinMs;
      const isDead = sent.reusedSocket && tap?.bytes === 0 && isFresh && isCut(error);
      reject(new ExchangeError(error, isDead));
    });
    // What was switched to is not spoken here.
    sent.on("upgrade", (answer: IncomingMessage, socket: Socket) => {
      signal.removeEventListener("abort", giveUp);
      socket.destroy();
      resolve({ statusCode: 101, headers: {}, body: Buffer.alloc(0) });
      answer.destroy();
    });
    sent.on("response", (answer) => {
      isAnswered = true;
      signal.removeEventListener("abort", giveUp);
      readBody(answer, tap, signal, (body) => {
        resolve({ statusCode: answer.statusCode ?? 0, headers: headersOf(answer), body });
      });
    });
    sent.end(requestBody);
  });
}

function isUnparsed(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return code.startsWith("HPE_") && code !== "HPE_HEADER_OVERFLOW";
}

function isCut(error: Error): boolean {
  return "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

/** The first of each; `headers` joins those that are sent twice. */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (let n = 0; n < rawHeaders.length; n += 2) {
    headers[(rawHeaders[n] ?? "").toLowerCase()] ??= rawHeaders[n + 1];
  }
  return headers;
}

/** Reads to the end, if it comes soon, so that the connection can be kept; else drops both. */
function readBody(
  answer: IncomingMessage,
  tap: AnswerTap | undefined,
  signal: AbortSignal,
  done: (body: Buffer) => void,
): void {
  const { socket } = answer;
  const kept: Buffer[] = [];
  const most = answer.headers["content-encoding"] ? mostEncodedBytesKept : mostBytesKept;
  let bytes = 0;
  let isOver = false;

  const finish = (isWhole: boolean) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    signal.removeEventListener("abort", drop);
    if (!isWhole || !tap || !isExactAnswer(tap.chunks)) socket.destroy();
    tap?.end();
    done(Buffer.concat(kept).subarray(0, most));
  };
  const drop = () => finish(false);
  const timer = setTimeout(drop, maxBodyMs);
  signal.addEventListener("abort", drop, { once: true });

  answer.on("data", (chunk: Buffer) => {
    if (isOver) return;
    if (bytes < most) kept.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBodyBytes) drop();
  });
  answer.on("end", () => finish(answer.complete));
  answer.on("error", drop);
  answer.on("close", drop);
}
