import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { allows, type Permission, permissions } from "../../../shared/contract/permission.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import type { Client, Sent } from "../client.ts";
import type { Answer } from "../document/exchange.ts";
import { goodRequest } from "../document/good-requests.ts";
import {
  forOperators,
  guarded,
  type Operation,
  operations,
  parametersOf,
} from "../document/operations.ts";
import { createSession } from "../portal/sessions.ts";
import { publish } from "../publish/messages.ts";
import { openService } from "../service.ts";
import { freshCache } from "../webhooks/fresh-names.ts";
import { getWebhook, listWebhooks, putWebhook } from "../webhooks.ts";
import { makeExpiredKey, makeKey } from "./keys.ts";
import { badFields, refusalOf } from "./refusal.ts";

const Started = z.object({ response: z.object({ jobId: z.string() }) });

function mayCall(held: Permission, operation: Operation): boolean {
  const { permission } = operations[operation];
  if (permission === null) return true;
  return permission !== "session" && allows([held], permission);
}

const { root, operatorEnv, client } = await openService();
const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());

describe.skipIf(operatorEnv === undefined)(
  "keys of narrower scope (a given service needs HOOKCAST_KEYS_ENV)",
  async () => {
    const env = operatorEnv ?? {};
    const [cacheName, otherCache] = [freshCache(), freshCache()];
    const key = async (wish: Parameters<typeof makeKey>[1]) => client(await makeKey(env, wish));
    const holding = (...held: Permission[]) => key({ permissions: held, caches: [cacheName] });
    const [reader, manager, publisher, resender, keeper, stranger, both] = await Promise.all([
      holding("read"),
      holding("manage"),
      holding("publish"),
      holding("resend"),
      holding("secret"),
      key({ caches: [otherCache] }),
      key({ caches: [cacheName, otherCache] }),
    ]);
    const holders: Record<Permission, Client> = {
      read: reader,
      manage: manager,
      publish: publisher,
      resend: resender,
      secret: keeper,
    };

    const id = { cacheName, webhookName: "w" };
    const customHeaders = { "x-token": "s3cr3t" };
    const url = `${receiver.url}/in/token?key=token`;
    const webhook = {
      destination: { postUrl: url },
      topicName: "t",
      config: { customHeaders },
    };
    const { webhookId } = await putWebhook(root, id, webhook);
    const messageId = await publish(root, { cacheName, topicName: "t" });
    await eventually(async () => {
      const { text } = await root.call("listDeliveries", { webhookId });
      return text.includes(messageId);
    });
    const since = new Date(Date.now() - 60_000).toISOString();
    const recovery = { json: { since, mode: "failed" } };
    const started = await root.call("recoverDeliveries", { webhookId }, recovery);
    const { jobId } = z.parse(Started, started.body).response;
    const { sessionId } = await createSession(root, cacheName);
    const type = { topicName: "t", event: "of-permissions", document: "openapi.json" };
    await root.call("putEventType", type, { json: {} });
    const params = { ...id, ...type, webhookId, messageId, jobId, sessionId };

    const config = { url, customHeaders };
    const bodies: Partial<Record<Operation, Sent>> = {
      putWebhook: { json: webhook },
      updateWebhookDetails: { json: { productId: null, events: [], config } },
      updateWebhookStatus: { json: { webhookStatus: "active" } },
      recoverDeliveries: recovery,
      createPortalSession: { json: { permissions: ["manage"] } },
    };
    const sentTo = (operation: Operation) => bodies[operation] ?? goodRequest(operation, params);
    const attempt = (by: Client, operation: Operation): Promise<Answer> =>
      by.call(operation, params, sentTo(operation));

    const forbidden = { status: 403, code: "PERMISSION_ERROR", paths: [] };
    const unknown = { status: 404, code: "NOT_FOUND_ERROR", paths: [] };

    test.each(guarded)("%s is forbidden to keys that lack its permission", async (operation) => {
      for (const permission of permissions.filter((held) => !mayCall(held, operation))) {
        const answer = await attempt(holders[permission], operation);
        expect(refusalOf(answer), permission).toEqual(forbidden);
      }
    });

    test.each(guarded.filter((name) => parametersOf(name).includes("cacheName")))(
      "%s is forbidden to keys of other caches, whether or not there is such a thing",
      async (operation) => {
        expect(refusalOf(await attempt(stranger, operation))).toEqual(forbidden);
        const nothing = { ...params, webhookName: "nothing", topicName: "nothing" };
        expect(refusalOf(await stranger.call(operation, nothing, sentTo(operation)))).toEqual(
          forbidden,
        );
      },
    );

    test.each(guarded.filter((name) => parametersOf(name).includes("webhookId")))(
      "%s is a 404 to keys of other caches, as if there were no such webhook",
      async (operation) => {
        const answer = await attempt(stranger, operation);
        expect(refusalOf(answer)).toEqual(unknown);
        const never = { ...params, webhookId: "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN" };
        const other = await stranger.call(operation, never, sentTo(operation));
        expect(other.text.replace(never.webhookId, webhookId)).toBe(answer.text);
      },
    );

    test.each(forOperators)(
      "%s is forbidden to a key of the cache itself, and to one of several",
      async (operation) => {
        for (const holder of [manager, both]) {
          expect(refusalOf(await attempt(holder, operation))).toEqual(forbidden);
        }
      },
    );

    test("the scope comes before the complaints: a stranger learns nothing of what is wrong", async () => {
      const answer = await stranger.call("putWebhook", id, { body: "not JSON" });
      expect(refusalOf(answer)).toEqual(forbidden);
    });

    test("a key whose time is up is refused as an unknown one is", async () => {
      const late = client(await makeExpiredKey(env));
      const { status, body } = await late.call("listWebhooks", { cacheName });
      expect([status, body]).toEqual([403, { message: "Forbidden" }]);
    });

    test("a key of several caches reaches each of them", async () => {
      expect((await listWebhooks(both, cacheName)).webhooks).toHaveLength(1);
      expect((await listWebhooks(both, otherCache)).webhooks).toHaveLength(0);
    });

    test("no cached decision for one cache lets a key into another", async () => {
      for (const [cache, status] of [
        [otherCache, 200],
        [cacheName, 403],
        [otherCache, 200],
      ] as const) {
        expect((await stranger.call("listWebhooks", { cacheName: cache })).status).toBe(status);
      }
    });

    test.each(permissions)("each key does what it may: %s", async (permission) => {
      for (const operation of guarded.filter((name) => mayCall(permission, name))) {
        if (operation === "deleteWebhook" || forOperators.includes(operation)) continue;
        const { status, text } = await attempt(holders[permission], operation);
        expect(status, `${operation} ${text}`).toBeLessThan(300);
      }
    });

    test("a URL as a reader saw it, sent back, keeps the stored one; of another webhook it is a 400", async () => {
      const seen = await getWebhook(reader, webhookId);
      const update = (config: object) =>
        manager.call("updateWebhookDetails", params, {
          json: { productId: 3, events: [], config: { ...seen.webhook.config, ...config } },
        });
      const headers = { customHeader: customHeaders, customHeaders };
      expect((await update(headers)).status).toBe(200);
      expect((await getWebhook(root, webhookId)).webhook).toMatchObject({
        productId: 3,
        destination: { postUrl: url },
        config: { url },
      });
      const other = await update({ ...headers, url: `${receiver.url}/out/•••?•••` });
      expect(refusalOf(other)).toEqual(badFields("config.url"));
      expect(refusalOf(await update({}))).toEqual(
        badFields("config.customHeader.x-token", "config.customHeaders.x-token"),
      );
    });

    test("header values and URLs are shown to keys with manage or secret and masked to others", async () => {
      const { webhook } = await getWebhook(reader, webhookId);
      const masked = `${receiver.url}/in/•••?•••`;
      expect([webhook.destination.postUrl, webhook.config.url]).toEqual([masked, masked]);
      expect(webhook.config).toMatchObject({
        customHeader: { "x-token": "•••" },
        customHeaders: { "x-token": "•••" },
      });
      expect((await listWebhooks(reader, cacheName)).webhooks[0]).toEqual(webhook);
      expect((await listWebhooks(both, cacheName)).webhooks[0]?.config.customHeaders).toEqual(
        customHeaders,
      );
      const seeing = await holding("read", "secret");
      expect((await getWebhook(seeing, webhookId)).webhook.config).toMatchObject({
        url,
        customHeaders,
      });
      const put = await manager.call("putWebhook", id, bodies.putWebhook);
      expect(put.text).toContain('"x-token":"s3cr3t"');
      expect(put.text).toContain(url);
    });
  },
);
