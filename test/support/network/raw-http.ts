import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** Sends these very lines to the port of a URL, and gives the answer's status and body. */
export async function answerToRaw(url: string, lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.end([...lines, "connection: close", "", ""].join("\r\n"));
  const answer = await text(socket);
  const [head = "", body = ""] = answer.split(/\r\n\r\n(.*)/s);
  return `${head.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length)} ${body}`.trim();
}
