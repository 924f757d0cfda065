import { beforeEach, expect, test } from "vitest";
import { createClient } from "../../../client/create-client.ts";
import { connection } from "../../../console/state/hookcast.ts";
import { search } from "../../../console/state/search.ts";

const signal = new AbortController().signal;
const messageId = `msg_${"0".repeat(26)}`;
let caches: string[];
let home: string;
let failing: string | undefined;
let asked: string[];

beforeEach(() => {
  asked = [];
  failing = undefined;
  connection.value = createClient({
    ...{ url: "http://service.test", key: "hk_x", maxRetries: 0 },
    fetch: async (target) => answerTo(new URL(String(target)).pathname.replace("/api/v1", "")),
  });
});

function answerTo(path: string): Response {
  if (path === "/caches") {
    const response = { caches: caches.map((cacheName) => ({ cacheName })), nextCursor: null };
    return Response.json({ status: "success", response });
  }
  const [, , cacheName = ""] = path.split("/");
  asked.push(cacheName);
  if (cacheName === home) return Response.json({ status: "success", response: {} });
  const isFailing = cacheName === failing;
  const error = { code: isFailing ? "INTERNAL_SERVER_ERROR" : "NOT_FOUND_ERROR", message: "no" };
  return Response.json({ status: "error", error }, { status: isFailing ? 500 : 404 });
}

function manyCaches(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `tenant-${n}`);
}

test("finds a message in whichever of many caches it is", async () => {
  caches = manyCaches(120);
  home = "tenant-119";
  expect(await search(messageId, signal)).toMatchObject([{ kind: "message", detail: home }]);
});

test("asks one cache alone where that is named", async () => {
  caches = manyCaches(3);
  home = "elsewhere";
  expect(await search(`elsewhere/${messageId}`, signal)).toMatchObject([{ detail: home }]);
  expect(asked).toEqual(["elsewhere"]);
});

test("says that no cache keeps a message only after it has asked all", async () => {
  home = "";
  caches = manyCaches(60);
  await expect(search(messageId, signal)).rejects.toThrow("No cache that your key covers keeps");
  expect(new Set(asked).size).toBe(60);
  caches = manyCaches(500);
  await expect(search(messageId, signal)).rejects.toThrow("The first 500 caches do not keep");
});

test("does not say that a message is nowhere where a cache could not be asked", async () => {
  home = "";
  caches = manyCaches(2);
  failing = "tenant-1";
  await expect(search(messageId, signal)).rejects.toMatchObject({ status: 500 });
});
