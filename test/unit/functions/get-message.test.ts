import { expect, test } from "vitest";
import { getMessage } from "../../../functions/http/messages/get-message.ts";
import type { Payload } from "../../../shared/contract/message.ts";
import { factsWith, messageId } from "../samples.ts";
import { callerWith } from "./http-event.ts";

const expiresAt = Date.UTC(2024, 1, 23) / 1000;

async function get(payload: Payload | undefined, { retentionDays = 30, nowMs = 0 } = {}) {
  const input = {
    params: { cacheName: "orders", messageId },
    query: undefined,
    headers: undefined,
    body: undefined,
    text: "",
    caller: callerWith(),
  };
  const find = async () => payload && { facts: factsWith({ event: 101 }), payload, expiresAt };
  return (await getMessage(input, { messages: { find }, retentionDays, now: () => nowMs })).text;
}

const shown = {
  messageId,
  cacheName: "orders",
  topicName: "paid",
  event: 101,
  productId: null,
  contentType: "application/json",
  publishedTime: "2024-01-24T23:20:28Z",
  expiresTime: "2024-02-23T00:00:00Z",
};

test("shows a JSON value in its own text", async () => {
  const text = await get({ kind: "json", text: '{ "n": 9007199254740993 }' });
  expect(text).toContain('"value":{ "n": 9007199254740993 }');
  expect(JSON.parse(text)).toMatchObject(shown);
});

test("shows a text and bytes under their own names", async () => {
  expect(JSON.parse(await get({ kind: "text", text: "größe" }))).toEqual({
    ...shown,
    text: "größe",
  });
  expect(JSON.parse(await get({ kind: "binary", base64: "AP8=" }))).toEqual({
    ...shown,
    binary: "AP8=",
  });
});

test.each([
  ["nobody published", undefined, {}],
  [
    "has expired, though its row is still there",
    { kind: "text", text: "x" },
    { nowMs: expiresAt * 1000 },
  ],
  ["was kept for its deliveries only", { kind: "text", text: "x" }, { retentionDays: 0 }],
] as const)("does not find a message that %s", async (_, payload, options) => {
  await expect(get(payload, options)).rejects.toMatchObject({
    code: "NOT_FOUND_ERROR",
    status: 404,
  });
});
