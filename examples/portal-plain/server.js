import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { createClient } from "@hookcast/client";

const { HOOKCAST_URL: url, HOOKCAST_KEY: key, PORT: port = "8000" } = process.env;
if (!url || !key) throw new Error("HOOKCAST_URL and HOOKCAST_KEY are not set");

const hookcast = createClient({ url, key });
const files = {
  "/": ["text/html; charset=utf-8", new URL("index.html", import.meta.url)],
  "/page.js": ["text/javascript", new URL("page.js", import.meta.url)],
  "/embed.js": ["text/javascript", import.meta.resolve("@hookcast/client/embed")],
};

/** Which of your customers sent the request: your own session says so. Here there is only one. */
function customerOf(_request) {
  return { cacheName: "acme", name: "Acme Inc." };
}

/** The key stays here. The page gets a session that is about its own customer, and ends. */
async function createSession(request) {
  const { cacheName, name } = customerOf(request);
  return await hookcast.createPortalSession({ cacheName, theme: { name, accent: "#0a6b4c" } });
}

createServer(async (request, response) => {
  try {
    if (request.method === "POST" && request.url === "/portal-session") {
      const { url } = await createSession(request);
      response.setHeader("content-type", "application/json").end(JSON.stringify({ url }));
      return;
    }
    const [type, file] = files[request.url] ?? [];
    if (!file) return response.writeHead(404).end();
    response.setHeader("content-type", type).end(await readFile(fileURLToPath(file)));
  } catch (error) {
    console.log(error.message);
    response.writeHead(502).end();
  }
}).listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));
