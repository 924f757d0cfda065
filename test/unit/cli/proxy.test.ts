import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { commandLine } from "../../support/command-line.ts";
import { portOf } from "../../support/process/free-port.ts";
import { temporaryFolder } from "../local/assembly.ts";

/** A proxy that opens no tunnel, and remembers what was asked of it. */
async function startProxy() {
  const asked: string[] = [];
  const proxy = createServer((_, response) => void response.writeHead(403).end());
  proxy.on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${portOf(proxy)}`, asked };
}

async function askService(url: string, environment: Record<string, string>): Promise<void> {
  const none = { HTTP_PROXY: "", HTTPS_PROXY: "", NO_PROXY: "" };
  const lower = { http_proxy: "", https_proxy: "", no_proxy: "" };
  const hookcast = commandLine({
    ...{ HOOKCAST_URL: url, HOOKCAST_KEY: "hk_1", XDG_CONFIG_HOME: await temporaryFolder() },
    ...{ ...none, ...lower, ...environment },
  });
  expect(
    (await hookcast.run(["webhooks", "put", "c/w", "--topic", "t", "--url", url])).exitCode,
  ).toBe(5);
}

test.each(["HTTPS_PROXY", "https_proxy"])("goes through the proxy that %s names", async (name) => {
  const proxy = await startProxy();
  await askService("https://api.invalid", { [name]: proxy.url });
  expect(new Set(proxy.asked)).toEqual(new Set(["api.invalid:443"]));
});

test("goes through no proxy where NO_PROXY says so, nor to this machine", async () => {
  const proxy = await startProxy();
  const environment = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, NO_PROXY: "api.invalid" };
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const port = portOf(taken);
  taken.close();
  await askService("https://api.invalid", environment);
  for (const host of ["127.0.0.1", "localhost"])
    await askService(`http://${host}:${port}`, environment);
  expect(proxy.asked).toEqual([]);
});
