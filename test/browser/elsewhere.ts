import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

export interface Elsewhere {
  /** Of the page. */
  port: number;
  /** Where the API answers. */
  apiUrl: string;
  /** The console's files. */
  folder: string;
}

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

const ownPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'";

/** The console on a server of somebody's own, as docs/deploy.md tells to put it there. */
export async function hostElsewhere({ port, apiUrl, folder }: Elsewhere): Promise<AsyncDisposable> {
  const server = createServer(async ({ url = "" }, answer) => {
    const name = url.slice(1) || "index.html";
    answer.setHeader("content-type", contentTypes[extname(name)] ?? "text/plain");
    answer.setHeader("content-security-policy", `${ownPolicy} ${apiUrl}`);
    if (name === "config.json") answer.end(JSON.stringify({ apiUrl }));
    else answer.end(await readFile(join(folder, name)).catch(() => undefined));
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
