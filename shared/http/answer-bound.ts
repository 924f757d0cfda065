import type { Duplex } from "node:stream";

/** The code of the error with which a connection ends whose answer is longer than is read. */
export const tooLongCode = "HOOKCAST_ANSWER_TOO_LONG";

/** What is read of a body, and what of the lines before it, interim answers included. */
const maxBodyBytes = 65_536;
const maxHeadBytes = 16_384;

interface CountedSocket extends Duplex {
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/**
 * Ends a connection once an answer has taken more bytes than are read of any. What the parser steps over
 * counts as well: interim answers, the extensions of chunks, trailers.
 */
export function boundAnswers(socket: CountedSocket): void {
  let written = 0;
  let readBefore = 0;
  let read = 0;
  socket.on("readable", () => {
    // One request at a time: what comes after something was written belongs to the next answer.
    if (socket.bytesWritten > written) readBefore = read;
    written = socket.bytesWritten;
    read = socket.bytesRead;
    if (read - readBefore <= maxBodyBytes + maxHeadBytes) return;
    socket.destroy(Object.assign(new Error("the answer is too long"), { code: tooLongCode }));
  });
}
