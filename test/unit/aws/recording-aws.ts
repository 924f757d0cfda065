import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { portOf } from "../../support/process/free-port.ts";

export interface RecordedCall {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface RecordingAws extends AsyncDisposable {
  url: string;
  calls: RecordedCall[];
}

export type RecordedAnswer = readonly [
  status: number,
  body: object | string,
  headers?: OutgoingHttpHeaders,
];

/** Answers each call with what comes next, the last again and again; `undefined` is no answer at all. */
export function startRecordingAws(
  ...answers: (RecordedAnswer | undefined)[]
): Promise<RecordingAws> {
  return startAnsweringAws((_, n) => answers[Math.min(n, answers.length - 1)]);
}

/** Answers each call as it deserves; `n` counts those before. */
export async function startAnsweringAws(
  answerTo: (call: RecordedCall, n: number) => RecordedAnswer | undefined,
): Promise<RecordingAws> {
  const calls: RecordedCall[] = [];
  const server = createServer(async (request, response) => {
    const call = { headers: request.headers, body: await text(request) };
    const answer = answerTo(call, calls.length);
    calls.push(call);
    if (!answer) return;
    const [status, body, headers] = answer;
    response.writeHead(status, headers);
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
