import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { extname, join, relative } from "node:path";
import type { Site } from "../template/site.ts";
import type { ApiResponse } from "./api-response.ts";
import type { Gateway } from "./gateway.ts";

/** Where the site is, for want of a name of its own. */
export const sitePath = "/console/";

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
export async function createSite(site: Site, gateway: Gateway): Promise<Gateway> {
  const files = await readFiles(site);
  return async (request) => {
    const [path = ""] = (request.url ?? "").split("?");
    if (!isRead(request)) return await gateway(request);
    if (path === sitePath.slice(0, -1)) return redirectTo(sitePath);
    if (!path.startsWith(sitePath)) return await gateway(request);
    // By its whole name or not at all, so that no path leads out of the folder.
    const file = files.get(path.slice(sitePath.length) || "index.html");
    return file ? answerWith(file, request) : await gateway(request);
  };
}

function isRead({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD";
}

function redirectTo(location: string): ApiResponse {
  return { status: 302, headers: { location }, body: "" };
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
