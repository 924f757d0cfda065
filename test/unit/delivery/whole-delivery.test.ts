import { expect, test } from "vitest";
import { type WholeDeliveryDeps, wholeDelivery } from "../../../shared/delivery/whole-delivery.ts";
import type {
  AttemptRecord,
  DeliveryRecord,
} from "../../../shared/domain/attempts/delivery-record.ts";
import type { SettingsVersion } from "../../../shared/domain/webhooks/webhook-record.ts";
import type { KeptMessage } from "../../../shared/store/messages/message-store.ts";
import {
  attemptWith,
  deliveryWith,
  factsWith,
  publishedTimeMs,
  webhookId,
  webhookWith,
} from "../samples.ts";

const url = "https://example.com/hooks/tenant-a/s3cr3t?key=abcdef";
const settings: SettingsVersion = {
  ...{ v: 1, version: 3, url, format: "raw", headerNames: ["X-Token"], sinceMs: publishedTimeMs },
};
const text = '{"total":12}';
const message: KeptMessage = {
  ...{ facts: factsWith(), payload: { kind: "json", text } },
  expiresAt: publishedTimeMs / 1000 + 86_400,
};
const made = attemptWith({ settingsVersion: 3, bytes: text.length });
const record = deliveryWith({ firstAttempt: made });

interface World {
  readonly versions?: SettingsVersion[];
  readonly current?: Partial<SettingsVersion>;
  readonly message?: KeptMessage | null;
  readonly later?: AttemptRecord[];
  readonly retentionDays?: number;
  readonly nowMs?: number;
}

function depsOf(world: World) {
  const { versions = [settings], current, later = [], retentionDays = 30 } = world;
  const asked: (readonly number[])[] = [];
  const webhook = current && {
    ...webhookWith({ webhookId, url, format: "standard", version: 9, ...current }),
    lastModifiedTimeMs: current.sinceMs ?? publishedTimeMs,
  };
  const deps: WholeDeliveryDeps = {
    webhooks: { findById: async () => webhook },
    settings: {
      async findMany(_, wanted) {
        asked.push(wanted);
        const found = versions.filter(({ version }) => wanted.includes(version));
        return new Map(found.map((one) => [one.version, one]));
      },
    },
    messages: {
      find: async () => (world.message === null ? undefined : (world.message ?? message)),
    },
    log: { attempts: async () => later },
    retentionDays,
    now: () => world.nowMs ?? publishedTimeMs,
  };
  return { deps, asked };
}

async function shown(world: World = {}, delivery: DeliveryRecord = record, seesSecrets = true) {
  return wholeDelivery(delivery, "orders", seesSecrets, depsOf(world).deps);
}

test("tells what an attempt sent, by the settings that the webhook had then", async () => {
  const delivery = await shown({ current: { format: "standard", version: 9 } });
  expect(delivery.attempts).toMatchObject([
    {
      attempt: 1,
      request: {
        ...{ url, format: "raw", bytes: 12 },
        headerNames: expect.arrayContaining(["X-Token", "webhook-id", "momento-signature"]),
      },
    },
  ]);
  expect(delivery.attempts[0]).not.toHaveProperty("settingsVersion");
  expect(delivery).toMatchObject({ requestBody: text, rendered: "as-sent" });
});

test("reads each version once, however many attempts were made with it", async () => {
  const later = [2, 3].map((attempt) => ({ ...made, attempt, settingsVersion: attempt + 1 }));
  const { deps, asked } = depsOf({ later });
  const { attempts } = await wholeDelivery(record, "orders", true, deps);
  expect(asked).toEqual([[3, 3, 4]]);
  expect(attempts.map(({ request }) => request?.url)).toEqual([url, url, undefined]);
});

test("shows the body of the last attempt, of its time", async () => {
  const timeMs = publishedTimeMs + 300_000;
  const later = [{ ...made, attempt: 2, settingsVersion: 4, timeMs, bytes: undefined }];
  const versions: SettingsVersion[] = [settings, { ...settings, version: 4, format: "momento" }];
  const delivery = await shown({ versions, later }, { ...record, lastAttemptTimeMs: timeMs });
  expect(JSON.parse(delivery.requestBody ?? "")).toMatchObject({ publish_timestamp: timeMs, text });
  expect(delivery.rendered).toBe("as-sent");
});

test("uses the current settings where they are those that were tried", async () => {
  const current = { version: 3, format: "raw", sinceMs: publishedTimeMs + 9_000 } as const;
  const delivery = await shown({ versions: [], current });
  expect(delivery.attempts[0]?.request).toMatchObject({ url, format: "raw" });
  expect(delivery).toMatchObject({ requestBody: text, rendered: "as-sent" });
});

test.each([
  ["before the attempt", publishedTimeMs, "as-sent"],
  ["since the attempt", publishedTimeMs + 60_000, "settings-changed"],
] as const)(
  "says of an older version's attempt that the webhook changed %s",
  async (_, sinceMs, rendered) => {
    const old = { ...record, firstAttempt: attemptWith() };
    const delivery = await shown({ current: { sinceMs } }, old);
    expect(delivery.attempts[0]).not.toHaveProperty("request");
    expect(JSON.parse(delivery.requestBody ?? "")).toMatchObject({ data: { total: 12 } });
    expect(delivery.rendered).toBe(rendered);
  },
);

test("does not call as-sent what has another length than what was sent", async () => {
  const other = { ...record, firstAttempt: { ...made, bytes: 11 } };
  expect(await shown({}, other)).toMatchObject({ requestBody: text, rendered: "settings-changed" });
});

test.each<[string, World, DeliveryRecord]>([
  ["whose message is no longer kept", { message: null }, record],
  ["whose message has expired", { nowMs: publishedTimeMs + 86_400_000 }, record],
  ["of a deployment that keeps no messages", { retentionDays: 0 }, record],
  ["that was not attempted yet", {}, { ...record, firstAttempt: null, lastAttemptTimeMs: null }],
  ["of a deleted webhook, with settings that nobody knows", { versions: [] }, record],
])("has no body of a delivery %s", async (_, world, delivery) => {
  const whole = await shown(world, delivery);
  expect(whole.requestBody).toBeNull();
  expect(whole).not.toHaveProperty("rendered");
});

test("tells nothing of a request whose headers nobody knows", async () => {
  const { headerNames, ...unknown } = settings;
  const delivery = await shown({ versions: [unknown] });
  expect(delivery.attempts[0]).not.toHaveProperty("request");
  expect(delivery).toMatchObject({ requestBody: text, rendered: "as-sent" });
});

test("writes bytes that are no text in base64", async () => {
  const base64 = Buffer.from([0xff, 0x00, 0xfe]).toString("base64");
  const binary: KeptMessage = { ...message, payload: { kind: "binary", base64 } };
  const delivery = await shown(
    { message: binary },
    { ...record, firstAttempt: { ...made, bytes: 3 } },
  );
  const body = { requestBody: base64, requestBodyEncoding: "base64", rendered: "as-sent" };
  expect(delivery).toMatchObject(body);
});

test("shows nothing of the URL's tokens to who sees no secrets, though the receiver repeats them", async () => {
  const echoing = {
    ...made,
    responseBody: "Cannot POST /hooks/tenant-a/s3cr3t?key=abcdef",
    responseHeaders: { "x-path": "/hooks/tenant-a/s3cr3t", "content-type": "text/plain" },
  };
  const whole = await shown({}, { ...record, firstAttempt: echoing });
  const { responseBody, responseHeaders } = echoing;
  expect(whole.attempts).toMatchObject([{ responseBody, responseHeaders }]);
  const masked = await shown({}, { ...record, firstAttempt: echoing }, false);
  expect(masked.attempts).toMatchObject([
    {
      request: { url: "https://example.com/hooks/•••?•••" },
      responseHeaders: { "content-type": "text/plain" },
    },
  ]);
  expect(JSON.stringify(masked)).not.toMatch(/s3cr3t|abcdef|tenant-a/);
});

test("takes the cause from the attempts where an older version's row does not tell it", async () => {
  const timeMs = publishedTimeMs + 300_000;
  const later = [attemptWith({ attempt: 2, timeMs, statusCode: 502, error: "HTTP 502" })];
  const old = { ...record, attemptCount: 2, lastAttemptTimeMs: timeMs };
  expect(await shown({ later }, old)).toMatchObject({ lastStatusCode: 502, error: "HTTP 502" });
});
