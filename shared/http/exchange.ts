import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { isExactAnswer, looseAnswer } from "./answer-head.ts";
import { type Connection, maxBodyBytes, maxHeadBytes } from "./connections.ts";
import { maxBytesKept, maxEncodedBytesKept, type WebhookResponse } from "./outcome.ts";

/** The body is for the log alone: the verdict waits no longer for it. */
const maxBodyMs = 2_000;

/** What is written in one piece with the head: a second piece costs more than to copy it. */
const maxCopiedBytes = 16_384;

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

/** A request as it is written. */
export interface Post {
  readonly path: string;
  readonly headers: Record<string, string | number>;
  readonly body: Buffer;
  /** How much of the answer's body to keep; default: what a log shows. */
  readonly bytesKept?: number | undefined;
}

/**
 * One request and its answer, whose status counts once its headers are complete. A connection that may be
 * used again is handed to `keep`; any other is closed.
 */
export function exchange(
  connection: Connection,
  { path, headers, body, bytesKept = maxBytesKept }: Post,
  deadline: Deadline,
  keep: () => void,
): Promise<WebhookResponse> {
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const sent = requestOn(connection, path, headers);
    deadline.onOver = (reason) => void sent.destroy(reason);

    sent.on("error", (error: Error) => {
      if (isAnswered) return; // whatever becomes of the body, the status has been told
      const loose = isUnparsed(error) && looseAnswer(Buffer.concat(connection.chunks));
      if (loose) return resolve({ ...loose, body: loose.body.subarray(0, bytesKept) });
      const isFresh = performance.now() - startMs < showsDeathWithinMs;
      const isDead = connection.isReused && connection.bytes === 0 && isFresh && isCut(error);
      reject(new ExchangeError(error, isDead));
    });
    // What was switched to is not spoken here.
    sent.on("upgrade", (answer) => {
      connection.socket.destroy();
      resolve({ statusCode: 101, headers: {}, body: Buffer.alloc(0) });
      answer.destroy();
    });
    sent.on("response", (answer) => {
      isAnswered = true;
      const headers = headersOf(answer);
      const most = headers["content-encoding"] ? maxEncodedBytesKept : bytesKept;
      readBody(connection, answer, most, deadline, (body, isExact) => {
        // An answer may come before its request has been taken, which then may never be.
        if (isExact && sent.writableFinished) sent.once("close", keep);
        else connection.socket.destroy();
        resolve({ statusCode: answer.statusCode ?? 0, headers, body });
      });
    });
    endRequest(sent, body);
  });
}

function requestOn(connection: Connection, path: string, headers: Post["headers"]): ClientRequest {
  try {
    return request({
      createConnection: () => connection.socket,
      method: "POST",
      path,
      headers,
      setHost: false,
      insecureHTTPParser: true,
      maxHeaderSize: maxHeadBytes,
    });
  } catch (error) {
    // A header that cannot be written: the connection has nobody else to close it.
    connection.socket.destroy();
    throw error;
  }
}

function endRequest(sent: ClientRequest, body: Buffer): void {
  if (body.length > maxCopiedBytes) sent.end(body);
  else sent.end(body.toString("latin1"), "latin1");
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
  connection: Connection,
  answer: IncomingMessage,
  most: number,
  deadline: Deadline,
  done: (body: Buffer, isExact: boolean) => void,
): void {
  const kept: Buffer[] = [];
  let bytes = 0;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;

  const finish = (isWhole: boolean) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    const isExact = isWhole && isExactAnswer(connection.chunks);
    connection.endAnswer();
    done(Buffer.concat(kept).subarray(0, most), isExact);
  };
  const drop = () => finish(false);
  deadline.onOver = drop;
  // Most answers come in one piece, which has been read to its end by then.
  process.nextTick(() => {
    if (!isOver && !answer.complete) timer = setTimeout(drop, maxBodyMs);
  });

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

/** All the time that a POST has: for the name, the connection and the head of its answer. */
export class Deadline {
  readonly #timer: NodeJS.Timeout;
  #abort: AbortController | undefined;
  #reason: Error | undefined;
  /** What is given up when it is over; one thing at a time. */
  onOver: ((reason: Error) => void) | undefined;

  constructor(ms: number) {
    this.#timer = setTimeout(() => this.#end(), ms);
  }

  /** Made only when somebody asks: most POSTs need neither a name nor a connection. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#reason) this.#abort.abort(this.#reason);
    return this.#abort.signal;
  }

  /** From now on nothing is given up. */
  stop(): void {
    clearTimeout(this.#timer);
    this.onOver = undefined;
  }

  #end(): void {
    this.#reason = new DOMException("too late", "TimeoutError");
    this.#abort?.abort(this.#reason);
    this.onOver?.(this.#reason);
  }
}
