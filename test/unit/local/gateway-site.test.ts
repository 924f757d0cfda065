import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { createFrontDoor } from "../../../local/gateway/front-door.ts";
import type { Site } from "../../../local/template/site.ts";
import { temporaryFolder } from "./assembly.ts";
import { echo, gatewayApi, listenerFor, statusOf } from "./gateway-under-test.ts";

let url: string;

beforeEach(async () => {
  const parent = await temporaryFolder();
  const folder = join(parent, "site");
  await mkdir(join(folder, "deep"), { recursive: true });
  await writeFile(join(parent, "secret.txt"), "outside");
  await writeFile(join(folder, "index.html"), "<p>the page</p>");
  await writeFile(join(folder, "main-1.js"), "run()");
  await writeFile(join(folder, "deep/picture.bin"), "?");
  await mkdir(join(folder, "portal"));
  await writeFile(join(folder, "portal/index.html"), "<p>for customers</p>");
  const site: Site = {
    folder,
    behaviors: [
      { paths: /^.*\.js$/, headers: { "cache-control": "immutable" } },
      { paths: /^.*$/, headers: { "cache-control": "no-cache", "x-frame-options": "DENY" } },
    ],
  };
  const api = gatewayApi([{ routeKey: "GET /a" }]);
  url = await listenerFor(
    await createFrontDoor({ api, site, functionUrl: undefined }, echo, () => undefined),
  );
});

test("answers with the page, and with the headers of the first behavior that fits", async () => {
  const page = await fetch(`${url}/console/`);
  expect([page.status, await page.text()]).toEqual([200, "<p>the page</p>"]);
  expect(Object.fromEntries(page.headers)).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-cache",
    "x-frame-options": "DENY",
  });
  const script = await fetch(`${url}/console/main-1.js?v=1`);
  expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(script.headers.get("cache-control")).toBe("immutable");
  expect(script.headers.has("x-frame-options")).toBe(false);
});

test("tells whoever opens the bare address where the console and the document are", async () => {
  const page = await fetch(`${url}/`, { headers: { accept: "text/html,*/*" } });
  expect(page.status).toBe(200);
  const text = await page.text();
  expect(text).toContain('href="/console/"');
  expect(text).toContain('href="/api/v1/openapi.json"');
  expect((await fetch(`${url}/`)).status).toBe(404);
});

test("leads from the folder's name to the folder, below which its paths are relative", async () => {
  const answer = await fetch(`${url}/console`, { redirect: "manual" });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/console/"]);
});

test("has the page for customers at an address of its own", async () => {
  const page = await fetch(`${url}/portal/`);
  expect([page.status, await page.text()]).toEqual([200, "<p>for customers</p>"]);
  const folder = await fetch(`${url}/portal`, { redirect: "manual" });
  expect([folder.status, folder.headers.get("location")]).toEqual([302, "/portal/"]);
  expect(await statusOf(url, "/portal/main-1.js")).toBe(404);
  expect(await statusOf(url, "/portal/../main-1.js")).toBe(404);
});

test("answers HEAD without the file, and 304 to who has it", async () => {
  const head = await fetch(`${url}/console/`, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
    ...[200, "15", ""],
  ]);
  const etag = head.headers.get("etag") ?? "";
  const asked = (value: string) =>
    fetch(`${url}/console/`, { headers: { "if-none-match": value, "cache-control": "no-cache" } });
  expect((await asked(`"other", ${etag}`)).status).toBe(304);
  expect((await asked(`"other"`)).status).toBe(200);
});

test.each([
  "/console/../secret.txt",
  "/console/..%2fsecret.txt",
  "/console/%2e%2e/secret.txt",
  "/console/deep/../../secret.txt",
  "/console//index.html",
  "/console/deep",
  "/console/deep/",
  "/consoles",
  "/Console/",
  "/index.html",
])("knows its files by their names and nothing else: %s", async (path) => {
  expect(await statusOf(url, path)).toBe(404);
});

test("has files of folders, whatever they are", async () => {
  const answer = await fetch(`${url}/console/deep/picture.bin`);
  expect(answer.headers.get("content-type")).toBe("application/octet-stream");
});

test("leaves every other method and path to the API", async () => {
  expect(await statusOf(url, "/console/", "POST")).toBe(404);
  expect(await statusOf(url, "/a")).toBe(200);
});
