import type { Socket } from "node:net";

/** The code of the error with which a connection ends whose answer is longer than is read. */
export const tooLongCode = "HOOKCAST_ANSWER_TOO_LONG";

/** What is read of a body, and what of the lines before it, interim answers included. */
export const maxBodyBytes = 65_536;
export const maxHeadBytes = 65_536;

/**
 * A connection to a receiver, which keeps the bytes of the present answer as they come. It is closed once
 * they are more than are read of any. What the parser steps over counts as well: interim answers, the
 * extensions of chunks, trailers. Between two answers it has nothing to say: a connection that speaks
 * then is closed, or that would answer the next request.
 */
export class Connection {
  readonly socket: Socket;
  chunks: Buffer[] = [];
  bytes = 0;
  /** Whether it has carried another request before. */
  isReused = false;
  idleSinceMs = 0;
  #isAnswering = true;

  constructor(socket: Socket) {
    this.socket = socket;
    // The first listener, so that an answer is known as it came by the time that it is understood.
    socket.on("data", (chunk: Buffer) => this.#keep(chunk));
    // A request hears of errors by itself; without one they concern nobody.
    socket.on("error", () => {});
  }

  /** What comes from now on answers the next request. */
  beginAnswer(): void {
    this.#isAnswering = true;
  }

  /** What comes from now on answers nothing. */
  endAnswer(): void {
    this.#isAnswering = false;
    this.isReused = true;
    this.chunks = [];
    this.bytes = 0;
  }

  #keep(chunk: Buffer): void {
    if (!this.#isAnswering) return void this.socket.destroy();
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes <= maxHeadBytes + maxBodyBytes) return;
    this.socket.destroy(Object.assign(new Error("the answer is too long"), { code: tooLongCode }));
  }
}
