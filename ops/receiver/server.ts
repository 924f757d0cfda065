import { createServer, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import type { ReceiverSettings } from "./arguments.ts";
import { type ReceivedReport, reportAsJson, reportAsText } from "./report.ts";
import { findFlaws } from "./verify.ts";

type ServerSettings = Pick<ReceiverSettings, "secrets" | "status" | "format">;

/** Answers every POST and prints what it thinks of it. */
export function createReceiver(settings: ServerSettings, print: (line: string) => void): Server {
  const attempts = new Map<string, number>();
  const report = settings.format === "json" ? reportAsJson : reportAsText;

  const receive = async (request: IncomingMessage): Promise<ReceivedReport> => {
    const body = await buffer(request);
    const header = (name: string) => request.headers[name]?.toString();
    const messageId = header("webhook-id");
    const attempt = ((messageId && attempts.get(messageId)) || 0) + 1;
    if (messageId) attempts.set(messageId, attempt);
    const flaws = findFlaws({ header, body }, settings.secrets, Date.now());
    return { messageId, attempt, contentType: header("content-type"), body, flaws };
  };

  return createServer(async (request, response) => {
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "POST" }).end();
      return;
    }
    try {
      print(report(await receive(request)));
      response.writeHead(settings.status).end();
    } catch {
      // The sender hung up in the middle of its body: there is nobody to answer.
      response.destroy();
    }
  });
}
