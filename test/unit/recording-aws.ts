import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { portOf } from "../support/free-port.ts";

export interface RecordedCall {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface RecordingAws extends AsyncDisposable {
  url: string;
  calls: RecordedCall[];
}

/** Answers each call with what comes next, the last again and again; `undefined` is no answer at all. */
export async function startRecordingAws(
  ...answers: (readonly [status: number, body: object | string] | undefined)[]
): Promise<RecordingAws> {
  const calls: RecordedCall[] = [];
  const server = createServer(async (request, response) => {
    const answer = answers[Math.min(calls.length, answers.length - 1)];
    calls.push({ headers: request.headers, body: await text(request) });
    if (!answer) return;
    const [status, body] = answer;
    response.statusCode = status;
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
