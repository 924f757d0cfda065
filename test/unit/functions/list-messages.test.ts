import { beforeAll, expect, test } from "vitest";
import { listMessages } from "../../../functions/http/messages/list-messages.ts";
import type { EventCode } from "../../../shared/contract/values/event.ts";
import { mintId } from "../../../shared/domain/ids.ts";
import { openMessageLog } from "../../../shared/store/messages/message-log.ts";
import {
  type KeptMessage,
  openMessageStore,
} from "../../../shared/store/messages/message-store.ts";
import { useTables } from "../store/embedded-tables.ts";
import { callerWith } from "./http-event.ts";

useTables();

const nowMs = Date.UTC(2024, 0, 24, 12, 30);
const hourMs = 3_600_000;
const secret = "a value that no list may show";

/** The nth of a cache; the bytes of the ids spread them over the shards. */
function message(n: number, timeMs: number, cacheName: string, topicName = "paid"): KeptMessage {
  const random = Buffer.alloc(10);
  random.writeUInt32BE(n * 2_654_435, 0);
  return {
    facts: {
      messageId: mintId("msg", timeMs, random),
      ...{ cacheName, topicName, event: n % 2 ? "odd" : 2, productId: null, keyId: "key" },
      ...{ contentType: "text/plain", publishedTimeMs: timeMs, sequenceNumber: null },
    },
    payload: { kind: "text", text: secret },
    expiresAt: Math.floor(nowMs / 1000) + (n === 0 ? 0 : 1_000),
  };
}

interface Query {
  limit?: number;
  cursor?: string | null;
  topicName?: string;
  event?: EventCode;
  since?: string;
  until?: string;
}

async function list(cacheName: string, { cursor, ...query }: Query = {}, retentionDays = 30) {
  let reads = 0;
  const log = openMessageLog();
  const input = {
    params: { cacheName },
    query: { ...query, ...(cursor && { cursor }) },
    headers: undefined,
    body: undefined,
    text: "",
    caller: callerWith(),
  };
  const answer = await listMessages(input, {
    log: {
      newest: async (...args) => {
        reads += 1;
        return log.newest(...args);
      },
    },
    retentionDays,
    now: () => nowMs,
  });
  return { ...answer, ids: answer.messages.map(({ messageId }) => messageId), reads };
}

async function all(cacheName: string, query: Query = {}) {
  const ids: string[] = [];
  let [cursor, pages]: [string | null, number] = [null, 0];
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(cacheName, { ...query, cursor });
    ids.push(...page.ids);
    cursor = page.nextCursor;
    pages += 1;
  } while (cursor !== null);
  return { ids, pages };
}

/** Two hours with many messages, of which the first has expired, and one with one of another topic. */
const busy = Array.from({ length: 150 }, (_, n) =>
  message(n, nowMs - (n < 100 ? 0 : hourMs) - n * 1_000, "busy"),
);
const rare = message(500, nowMs - 40 * hourMs, "busy", "refunded");
const idsOf = (messages: readonly KeptMessage[]) =>
  messages
    .map(({ facts }) => facts.messageId)
    .sort()
    .reverse();
const alive = idsOf([...busy.slice(1), rare]);

beforeAll(async () => {
  const store = openMessageStore();
  await store.putAll([...busy, rare, message(1, nowMs, "other")]);
});

test.each([9, 60, 1_000])(
  "lists each message once, newest first, by pages of %i",
  async (limit) => {
    expect((await all("busy", { limit, since: "2024-01-22T18:00:00Z" })).ids).toEqual(alive);
  },
);

test("tells all of a message but its value", async () => {
  const { messages } = await list("other");
  expect(messages).toEqual([
    {
      messageId: expect.stringMatching(/^msg_/),
      ...{ cacheName: "other", topicName: "paid", event: "odd", productId: null },
      contentType: "text/plain",
      publishedTime: "2024-01-24T12:30:00Z",
      expiresTime: "2024-01-24T12:46:40Z",
    },
  ]);
  expect(JSON.stringify(messages)).not.toContain(secret);
});

test("filters by topic, event and time", async () => {
  expect((await all("busy", { topicName: "refunded", since: "2024-01-22T18:00:00Z" })).ids).toEqual(
    idsOf([rare]),
  );
  const even = busy.filter((_, n) => n > 0 && n % 2 === 0);
  expect(
    (await all("busy", { event: 2, topicName: "paid", limit: 9, since: "2024-01-24T06:00:00Z" }))
      .ids,
  ).toEqual(idsOf(even));
  const [tenth, twentieth] = [busy[10], busy[20]].map((one) => one?.facts.publishedTimeMs ?? 0);
  const span = {
    since: new Date(twentieth ?? 0).toISOString(),
    until: new Date(tenth ?? 0).toISOString(),
  };
  expect((await all("busy", span)).ids).toEqual(idsOf(busy.slice(11, 21)));
  expect(await list("busy", { since: span.until, until: span.since })).toMatchObject({
    ...{ ids: [], nextCursor: null, reads: 0 },
  });
});

test("a page looks through a day at most, and the next goes on where it ended", async () => {
  const first = await list("busy", { topicName: "refunded" });
  expect(first).toMatchObject({ ids: [], nextCursor: expect.any(String), reads: 24 });
  const second = await list("busy", { topicName: "refunded", cursor: first.nextCursor });
  expect(second.ids).toEqual(idsOf([rare]));
});

test("without retention there is nothing to list", async () => {
  expect(await list("busy", {}, 0)).toMatchObject({ ids: [], nextCursor: null, reads: 0 });
});
