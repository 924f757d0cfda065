import { expect, test } from "vitest";
import { publish } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { api } from "../../support/service/api.ts";
import { startLocalRun } from "../../support/service/local-run.ts";
import { openClient } from "../client.ts";
import { readDocument } from "../document/document.ts";
import { listWebhooks } from "../webhooks.ts";
import { reached, seedWebhooks } from "./crowd.ts";

const subscribers = 10_000;

test("10,000 subscribers are listed by the thousand, and each gets a message once", {
  timeout: 480_000,
}, async () => {
  await using receiver = await startReceiver();
  await using run = await startLocalRun();
  const [cacheName, topicName] = await seedWebhooks(run, receiver, subscribers);

  const client = openClient(run, run.key, await readDocument(run.url));
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page = await listWebhooks(client, cacheName, cursor === null ? {} : { cursor });
    pages.push(page.webhooks.map(({ id }) => id.webhookName));
    cursor = page.nextCursor;
  } while (cursor !== null);
  await client.close();
  expect(pages.map(({ length }) => length)).toEqual(Array(10).fill(1_000));
  expect(pages.flat()).toEqual([...new Set(pages.flat())].sort());

  const messageId = await publish(api(run.url, run.key), cacheName, topicName, { a: 1 });
  await eventually(() => reached(receiver, messageId) === subscribers, { timeoutMs: 360_000 });
  expect(receiver.deliveries).toHaveLength(subscribers);
});
