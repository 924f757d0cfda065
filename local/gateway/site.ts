import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { extname, join, relative } from "node:path";
import { portalPath, type Site, sitePath } from "../template/site.ts";
import type { ApiResponse } from "./api-response.ts";
import type { Gateway } from "./gateway.ts";

/** What a browser that was given the service's bare address shows. */
function frontPage(functionUrlPath: string | undefined): string {
  const publishing = functionUrlPath
    ? `<li>The publish URL, which takes publishes as in a deployment with <code>publishUrl</code>: <code>${functionUrlPath}</code>\n`
    : "";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hookcast</title>
<h1>Hookcast runs here</h1>
<ul>
<li><a href="${sitePath}">The console</a>: sign in with the key that the command has printed
<li><a href="/api/v1/openapi.json">openapi.json</a>: the API, which is below <code>/api/v1</code>
${publishing}<li>Documents: the folder <code>docs</code>, beginning with <code>README.md</code>
</ul>
`;
}

interface File {
  body: Buffer;
  headers: Record<string, string>;
}

const contentTypes: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
};

/** Serves the site's files, which are read once, and leaves all else to the gateway behind it. */
export async function createSite(
  site: Site,
  gateway: Gateway,
  functionUrlPath?: string,
): Promise<Gateway> {
  const files = await readFiles(site);
  return async (request) => {
    const [path = ""] = (request.url ?? "").split("?");
    if (!isRead(request)) return await gateway(request);
    // For people alone: to programs it is the 404 that API Gateway has there.
    if (path === "/" && wantsPage(request)) return pageWith(frontPage(functionUrlPath));
    const folder = [sitePath, portalPath].find((one) => `${path}/` === one);
    if (folder) return redirectTo(folder);
    // By its whole name or not at all, so that no path leads out of the folder.
    const file = files.get(nameOf(path) ?? "");
    return file ? answerWith(file, request) : await gateway(request);
  };
}

/** The name of the file below the site's folder; undefined where the path is none of the site's. */
function nameOf(path: string): string | undefined {
  if (path === sitePath || path === portalPath) return nameOf(`${path}index.html`);
  if (path.startsWith(sitePath)) return path.slice(sitePath.length);
  return path.startsWith(portalPath) ? path.slice(1) : undefined;
}

function isRead({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD";
}

function wantsPage({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes("text/html") ?? false;
}

function redirectTo(location: string): ApiResponse {
  return { status: 302, headers: { location }, body: "" };
}

function pageWith(body: string): ApiResponse {
  const headers = { "content-type": contentTypes[".html"] ?? "", "cache-control": "no-cache" };
  return { status: 200, headers, body };
}

function answerWith({ body, headers }: File, request: IncomingMessage): ApiResponse {
  const known = request.headers["if-none-match"]?.split(/\s*,\s*/) ?? [];
  if (known.includes(headers.etag ?? "")) return { status: 304, headers, body: "" };
  return { status: 200, headers, body };
}

async function readFiles({ folder, behaviors }: Site): Promise<Map<string, File>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = relative(folder, path);
      const body = await readFile(path);
      const headers = {
        "content-type": contentTypes[extname(name)] ?? "application/octet-stream",
        etag: `"${createHash("sha256").update(body).digest("base64url")}"`,
        ...behaviors.find(({ paths }) => paths.test(name))?.headers,
      };
      return [name, { body, headers }] as const;
    });
  return new Map(await Promise.all(files));
}
