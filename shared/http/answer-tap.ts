import type { Socket } from "node:net";

/** The code of the error with which a connection ends whose answer is longer than is read. */
export const tooLongCode = "HOOKCAST_ANSWER_TOO_LONG";

/** What is read of a body, and what of the lines before it, interim answers included. */
export const maxBodyBytes = 65_536;
export const maxHeadBytes = 65_536;

/** What a connection has brought since its request was written, as it came. */
export interface AnswerTap {
  readonly chunks: readonly Buffer[];
  readonly bytes: number;
  end(): void;
}

interface OpenTap {
  readonly chunks: Buffer[];
  bytes: number;
}

/** Each connection that has ever carried a request, with the answer that it brings now. */
const taps = new WeakMap<Socket, { current: OpenTap | undefined }>();

/**
 * Keeps the bytes of an answer, and ends the connection once they are more than are read of any. What the
 * parser steps over counts as well: interim answers, the extensions of chunks, trailers. Between two
 * answers a connection has nothing to say: one that speaks is ended, or it would answer the next request.
 */
export function tapAnswer(socket: Socket): AnswerTap {
  let tapped = taps.get(socket);
  if (!tapped) {
    tapped = { current: undefined };
    taps.set(socket, tapped);
    listen(socket, tapped);
  }
  const tap: OpenTap = { chunks: [], bytes: 0 };
  tapped.current = tap;
  const state = tapped;
  const end = () => {
    state.current = undefined;
  };
  return Object.assign(tap, { end });
}

function listen(socket: Socket, tapped: { current: OpenTap | undefined }): void {
  // Before the parser, so that an answer is known as it came by the time that it is understood.
  socket.prependListener("data", (chunk: Buffer) => {
    const tap = tapped.current;
    if (!tap) return void socket.destroy();
    tap.chunks.push(chunk);
    tap.bytes += chunk.length;
    if (tap.bytes <= maxHeadBytes + maxBodyBytes) return;
    socket.destroy(Object.assign(new Error("the answer is too long"), { code: tooLongCode }));
  });
}
