import { afterAll, describe, expect, test } from "vitest";
import type { Webhook } from "../../../shared/contract/webhook.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { listWebhooks, plainBody, putWebhook } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";
import { contradictions, strayIds } from "./row-consistency.ts";
import { openWebhookRows } from "./webhook-rows.ts";

const { root, operatorEnv } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

const rounds = 500;
const lanes = ["a", "b"];
const cacheName = freshCache();
const topicsOf = (lane: string) => [`${lane}0`, `${lane}1`] as const;

function begin(lane: string) {
  const json = { ...plainBody, topicName: topicsOf(lane)[0] };
  return putWebhook(root, { cacheName, webhookName: lane }, json);
}

/** Everything that can happen to a webhook, at once; gives the status of each. */
async function collide(lane: string, round: number, webhookId: string) {
  const id = { cacheName, webhookName: lane };
  const topicName = topicsOf(lane)[round % 2] ?? "";
  const url = (by: string) => `${receiver.url}/${lane}/${round}/${by}`;
  const config = { format: round % 3 === 0 ? "momento" : "raw" };
  const json = { destination: { postUrl: url("put") }, topicName, config };
  const details = {
    productId: null,
    events: [],
    config: { url: url("update"), customHeaders: {} },
  };
  const webhookStatus = round % 4 < 2 ? "inactive" : "active";
  const answers = await Promise.all([
    root.call("putWebhook", id, { json }),
    root.call("deleteWebhook", id),
    root.call("updateWebhookDetails", { webhookId }, { json: details }),
    root.call("updateWebhookStatus", { webhookId }, { json: { webhookStatus } }),
    root.call("rotateWebhookSecret", id, { json: { graceHours: 1 } }),
    root.call("publish", { cacheName, topicName }, { json: { lane, round } }),
  ]);
  return answers.map(({ status }) => status);
}

const legal = [[200, 201], [200, 404], [200, 404], [200, 404], [200, 404], [202]];

/** Publishes to both topics what only the webhook as it stands may receive, and tells where. */
async function probe(lane: string, path: string | undefined, topicName: string | undefined) {
  const sent: { messageId: string; path: string | undefined }[] = [];
  for (const topic of topicsOf(lane)) {
    const messageId = await publish(root, { cacheName, topicName: topic });
    sent.push({ messageId, path: topic === topicName ? path : undefined });
  }
  for (const { messageId, path: expected } of sent) {
    if (expected !== undefined) await eventually(() => receiver.find(expected, messageId));
  }
  return sent;
}

describe.skipIf(operatorEnv === undefined)(
  "changes of one webhook at once (a given service needs HOOKCAST_KEYS_ENV)",
  () => {
    const rows = openWebhookRows(operatorEnv ?? {});
    afterAll(() => rows.close());

    const wholeCache = [
      { pk: `cache/${cacheName}`, sk: "count" },
      ...lanes.flatMap((lane) => [
        { pk: `cache/${cacheName}`, sk: `webhook/${lane}` },
        ...topicsOf(lane).flatMap((topic) => [
          { pk: `topic/${cacheName}/${topic}`, sk: "flags" },
          { pk: `topic/${cacheName}/${topic}`, sk: `webhook/${lane}` },
        ]),
      ]),
    ];

    test("end in a legal state each time, never in half of one, and promises hold on both sides", async () => {
      const illegal: unknown[] = [];
      const probes: { messageId: string; path: string | undefined }[] = [];

      const race = async (lane: string, round: number, before: Webhook | undefined) => {
        const { webhookId } = before ?? (await begin(lane));
        const [statuses, during] = await Promise.all([
          collide(lane, round, webhookId),
          rows.at(wholeCache),
        ]);
        statuses.forEach((status, n) => {
          if (!legal[n]?.includes(status)) illegal.push([lane, round, n, status]);
        });
        illegal.push(...contradictions(during));

        const { webhooks } = await listWebhooks(root, cacheName);
        const left = webhooks.find(({ id }) => id.webhookName === lane);
        const isActive = left?.webhookStatus === "active";
        const path = isActive ? new URL(left.config.url).pathname : undefined;
        probes.push(...(await probe(lane, path, left?.topicName)));
        return left;
      };
      await Promise.all(
        lanes.map(async (lane) => {
          let webhook: Webhook | undefined;
          for (let round = 0; round < rounds / lanes.length; round += 1) {
            webhook = await race(lane, round, webhook);
          }
        }),
      );

      expect(illegal).toEqual([]);
      const arrived = probes.map(({ messageId }) =>
        receiver.deliveries.filter((one) => one.messageId === messageId).map(({ path }) => path),
      );
      expect(arrived).toEqual(probes.map(({ path }) => (path === undefined ? [] : [path])));
      // Neither outcome is worth anything if the other never came up.
      expect(probes.filter(({ path }) => path !== undefined).length).toBeGreaterThan(rounds / 20);
      expect(probes.filter(({ path }) => path === undefined).length).toBeGreaterThan(rounds);
    });

    test("leave every row of the table in agreement with the others", async () => {
      const all = await rows.all();
      expect([...contradictions(all), ...strayIds(all)]).toEqual([]);
      expect(all.length).toBeGreaterThan(lanes.length);
    });
  },
);
