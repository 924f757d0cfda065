import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path/posix";
import { base, siteFolder } from "./built-site.ts";

export interface StaticServer extends AsyncDisposable {
  readonly url: string;
}

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** Serves the built site as GitHub Pages does: below its base, and pages without their extension. */
export async function serveSite(): Promise<StaticServer> {
  const server = createServer(({ url = "" }, response) => {
    const { pathname } = new URL(url, "http://127.0.0.1");
    const file =
      pathname.startsWith(base) && fileAt(decodeURIComponent(pathname).slice(base.length));
    const found = file || join(siteFolder, "404.html");
    const type = types[extname(found)] ?? "application/octet-stream";
    response.writeHead(file ? 200 : 404, { "content-type": type }).end(readFileSync(found));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function fileAt(path: string): string | undefined {
  const whole = join(siteFolder, normalize(`/${path}`));
  const isFile = (file: string) => existsSync(file) && statSync(file).isFile();
  return [whole, `${whole}.html`, join(whole, "index.html")].find(isFile);
}
