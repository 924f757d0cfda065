import { expect, test } from "vitest";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { getWebhook, listWebhooks, plainBody, putWebhook, succeed } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();
const stale = { status: 412, code: "FAILED_PRECONDITION_ERROR", paths: [] };

const details = {
  productId: null,
  events: [],
  config: { url: "https://client_domain.com/", customHeaders: {} },
};

async function freshWebhook() {
  const id = { cacheName: freshCache(), webhookName: "w" };
  return { id, ...(await putWebhook(root, id)) };
}

/** Every change that `If-Match` can guard. */
function changes(id: Record<string, string>, webhookId: string, ifMatch: string) {
  const headers = { "if-match": ifMatch };
  return {
    putWebhook: () => root.call("putWebhook", id, { json: plainBody, headers }),
    updateWebhookDetails: () =>
      root.call("updateWebhookDetails", { webhookId }, { json: details, headers }),
    updateWebhookStatus: () =>
      root.call(
        "updateWebhookStatus",
        { webhookId },
        { json: { webhookStatus: "inactive" }, headers },
      ),
    deleteWebhook: () => root.call("deleteWebhook", id, { headers }),
  };
}

const names = [
  "putWebhook",
  "updateWebhookDetails",
  "updateWebhookStatus",
  "deleteWebhook",
] as const;

test.each(names)("%s with a stale If-Match is a 412 and changes nothing", async (name) => {
  const { id, webhookId, etag } = await freshWebhook();
  await putWebhook(root, id, { ...plainBody, topicName: "second" });
  const before = await listWebhooks(root, id.cacheName);
  for (const ifMatch of [etag, '"other"', '"", "x"']) {
    expect(refusalOf(await changes(id, webhookId, ifMatch)[name]())).toEqual(stale);
  }
  expect(await listWebhooks(root, id.cacheName)).toEqual(before);
});

test.each(names)(
  "%s with the current version, a list that holds it, or * is done",
  async (name) => {
    for (const ifMatch of [(etag: string) => etag, (etag: string) => `"x", ${etag}`, () => "*"]) {
      const { id, webhookId, etag } = await freshWebhook();
      expect((await changes(id, webhookId, ifMatch(etag))[name]()).status).toBe(200);
    }
  },
);

test.each(names)("%s refuses an If-Match that is no entity tag", async (name) => {
  const { id, webhookId } = await freshWebhook();
  for (const ifMatch of ["x", 'W/"x"', '"x', ""]) {
    expect(refusalOf(await changes(id, webhookId, ifMatch)[name]())).toEqual(badFields("if-match"));
  }
});

test("a put that asks for any version creates nothing", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const headers = { "if-match": "*" };
  expect(refusalOf(await root.call("putWebhook", id, { json: plainBody, headers }))).toEqual(stale);
  expect((await listWebhooks(root, id.cacheName)).webhooks).toEqual([]);
});

test("a deletion that names a version of what is not there is a 404", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const answer = await root.call("deleteWebhook", id, { headers: { "if-match": '"x"' } });
  expect(answer.status).toBe(404);
});

test("each change gives another ETag, and every operation shows the same one", async () => {
  const { id, webhookId, etag } = await freshWebhook();
  const json = { webhookStatus: "inactive" };
  const seen = [
    etag,
    (await succeed(root, "updateWebhookDetails", { webhookId }, { json: details })).headers.etag,
    (await succeed(root, "updateWebhookStatus", { webhookId }, { json })).headers.etag,
    (await putWebhook(root, id)).etag,
  ];
  expect(new Set(seen).size).toBe(4);
  expect(seen.at(-1)).toBe((await getWebhook(root, webhookId)).etag);
  expect(seen.every((tag) => /^"[^"]+"$/.test(tag ?? ""))).toBe(true);
});

test("a webhook that was deleted and put again never matches its predecessor", async () => {
  const { id, etag } = await freshWebhook();
  await succeed(root, "deleteWebhook", id);
  await putWebhook(root, id);
  const headers = { "if-match": etag };
  expect(refusalOf(await root.call("deleteWebhook", id, { headers }))).toEqual(stale);
});

test("answers 304 without a body while the webhook is unchanged", async () => {
  const { id, webhookId, etag } = await freshWebhook();
  const get = (ifNoneMatch: string) =>
    root.call("getWebhookDetails", { webhookId }, { headers: { "if-none-match": ifNoneMatch } });
  for (const unchanged of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
    const answer = await get(unchanged);
    expect([answer.status, answer.text, answer.headers.etag]).toEqual([304, "", etag]);
  }
  expect((await get('"x"')).status).toBe(200);
  await putWebhook(root, id);
  expect((await get(etag)).status).toBe(200);
});
