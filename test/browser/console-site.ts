import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { bundleConsole } from "../../infra/constructs/console-bundle.ts";
import { portOf } from "../support/free-port.ts";
import { root } from "../support/program.ts";

export interface ConsoleSite extends AsyncDisposable {
  url: string;
}

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** The strictest policy that the console is to work under. */
const policy = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join("; ");

/** The console at `/console/`, with the API of a run at the same origin. */
export async function startConsoleSite(apiUrl: string): Promise<ConsoleSite> {
  const folder = await mkdtemp(join(tmpdir(), "hookcast-console-"));
  await bundleConsole(root, folder);
  const server = createServer((incoming, answer) => {
    const path = incoming.url ?? "";
    if (path.startsWith("/api/")) pass(incoming, answer, apiUrl);
    else serve(answer, join(folder, path.replace(/^\/console\/$/, "/console/index.html").slice(8)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}/console/`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function serve(answer: ServerResponse, file: string): Promise<void> {
  const content = await readFile(file).catch(() => undefined);
  if (!content) {
    answer.writeHead(404).end();
    return;
  }
  answer.writeHead(200, {
    "content-type": contentTypes[extname(file)] ?? "text/plain",
    "content-security-policy": policy,
  });
  answer.end(content);
}

function pass(incoming: IncomingMessage, answer: ServerResponse, apiUrl: string): void {
  const { method, headers, url } = incoming;
  const outgoing = request(new URL(url ?? "", apiUrl), { method, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  outgoing.on("error", () => answer.destroy());
  incoming.pipe(outgoing);
}
