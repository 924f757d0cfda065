import { expect, test } from "vitest";
import * as z from "zod/mini";
import { MessageMetadata } from "../../../shared/contract/jobs.ts";
import { EventCode } from "../../../shared/contract/values/event.ts";
import { DeliveryRecord } from "../../../shared/domain/attempts/delivery-record.ts";
import { openMatcher } from "../../../shared/domain/filters/matcher.ts";
import { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import { deliveryWith, factsWith, webhookWith } from "../samples.ts";

/** It was legal once, and rows still hold it. */
const negative = -5;

test("an event code that is no longer taken is read where it was stored", () => {
  expect(z.safeParse(EventCode, negative).success).toBe(false);
  expect(z.parse(DeliveryRecord, deliveryWith({ event: negative })).event).toBe(negative);
  expect(z.parse(WebhookRecord, webhookWith({ events: [negative] })).events).toEqual([negative]);
  expect(z.parse(MessageMetadata, factsWith({ event: negative })).event).toBe(negative);
});

test("a webhook that asked for it still gets what waits under it, and nothing else", () => {
  const webhook = webhookWith({ events: [negative] });
  const receives = (event: number) =>
    openMatcher(factsWith({ event }), () => undefined).matches(webhook);
  expect(receives(negative)).toBe(true);
  expect(receives(5)).toBe(false);
});
