import { expect, test } from "vitest";
import { settingChanges } from "../../../console/state/webhooks/setting-changes.ts";
import type { Webhook } from "../../../shared/contract/webhook.ts";

const config: Webhook["config"] = {
  ...{ url: "https://a.example/", format: "standard", timeoutSeconds: 15 },
  ...{ customHeader: {}, customHeaders: { "x-kept": "1", "x-token": "private" } },
};
const before: Webhook = {
  webhookId: "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  id: { cacheName: "c", webhookName: "w" },
  ...{ topicName: "t", destination: { postUrl: config.url }, productId: null, events: [] },
  ...{ webhookStatus: "active", config },
  ...{ createdTime: "2024-01-24T12:00:00Z", lastModifiedTime: "2024-01-24T12:00:00Z" },
};

test("tells what was and what is, of each setting that differs", () => {
  const url = "https://b.example/";
  const after: Webhook = {
    ...before,
    ...{ topicName: "paid", destination: { postUrl: url }, events: ["invoice.paid", 101] },
    config: { ...config, url, timeoutSeconds: 5, maxPerSecond: 2 },
  };
  expect(settingChanges(before, after)).toEqual([
    { name: "URL", before: "https://a.example/", after: url },
    { name: "Topic", before: "t", after: "paid" },
    { name: "Events", before: "every event", after: "invoice.paid, 101" },
    { name: "Time-out", before: "15 s", after: "5 s" },
    { name: "Limit", before: "none", after: "2 POSTs a second" },
  ]);
  expect(settingChanges(before, before)).toEqual([]);
});

test("tells which headers differ, and of none its value", () => {
  const customHeaders = { "x-kept": "1", "x-token": "secret", "x-new": "hidden" };
  const changes = settingChanges(before, { ...before, config: { ...config, customHeaders } });
  expect(changes).toEqual([
    { name: "Header x-new", before: "not sent", after: "•••" },
    { name: "Header x-token", before: "•••", after: "another value" },
  ]);
  const removed = settingChanges(before, {
    ...before,
    config: { ...config, customHeaders: { "x-kept": "1" } },
  });
  expect(removed).toEqual([{ name: "Header x-token", before: "•••", after: "not sent" }]);
  expect(JSON.stringify([changes, removed])).not.toMatch(/private|secret|hidden/);
});
