import { createRequire } from "node:module";
import type { KnownBlock } from "@slack/types";
import { describe, expect, test } from "vitest";
import { routeOf } from "../../../../console/state/address/route.ts";
import type { MessageDraft } from "../../../../shared/domain/messages/message-draft.ts";
import { eventDraft, summaryDraft } from "../../../../shared/domain/messages/operational-event.ts";
import { alertOf } from "../../../../shared/domain/requests/alerts/alert.ts";
import {
  slackMessage,
  teamsMessage,
} from "../../../../shared/domain/requests/alerts/chat-messages.ts";
import { renderBody } from "../../../../shared/domain/requests/render.ts";
import { factsWith, messageId, webhookId } from "../../samples.ts";

// Its modules can be loaded by bundlers alone; this file of it by Node as well, but it has no types.
const cards: typeof import("adaptivecards") = createRequire(import.meta.url)(
  "adaptivecards/dist/adaptivecards.js",
);

const consoleUrl = "https://console.example/";
const webhook = { webhookId, webhookName: "billing" };
const cacheName = "orders";

const drafts = {
  failed: eventDraft({
    kind: "failed",
    cacheName,
    messageId,
    value: { ...webhook, messageId, topicName: "paid", attempt: 10, error: "HTTP 503" },
  }),
  gone: eventDraft({ kind: "disabled", cacheName, value: { ...webhook, statusReason: "gone" } }),
  failing: eventDraft({
    kind: "disabled",
    cacheName,
    value: { ...webhook, statusReason: "failing" },
  }),
  recovered: eventDraft({ kind: "recovered", cacheName, value: webhook }),
  limited: eventDraft({
    kind: "limited",
    cacheName,
    value: { ...webhook, nextFreeTime: "2024-01-24T23:20:28Z", waiting: 3600 },
  }),
  suppressed: summaryDraft({
    cacheName,
    startMs: 0,
    counts: { failed: 240, disabled: 2, recovered: 0, limited: 0 },
  }),
  test: {
    ...eventDraft({ kind: "recovered", cacheName, value: { test: true, ...webhook } }),
    event: "hookcast.test",
  },
};

function messageOf({ payload, event, topicName, cacheName }: MessageDraft) {
  return { ...factsWith({ event, topicName, cacheName }), payload };
}

function alertFor(kind: keyof typeof drafts) {
  return alertOf(messageOf(drafts[kind]), consoleUrl);
}

describe("what is told", () => {
  test("a failed delivery", () => {
    expect(alertFor("failed")).toEqual({
      title: "Delivery failed: billing",
      text: "A message was not delivered and is not tried again. Once the receiver is fixed, send it again.",
      facts: [
        ["Cache", "orders"],
        ["Topic", "paid"],
        ["Message", messageId],
        ["Attempts", "10"],
        ["Last error", "HTTP 503"],
      ],
      links: [
        { title: "Open the webhook", url: `${consoleUrl}#/webhooks/${webhookId}` },
        {
          title: "Open the delivery",
          url: `${consoleUrl}#/webhooks/${webhookId}/deliveries/${messageId}`,
        },
      ],
    });
  });

  test.each([
    ["gone", "Webhook switched off: billing", "said that it is gone"],
    ["failing", "Webhook switched off: billing", "failed for days"],
    ["recovered", "Webhook works again: billing", "being sent"],
    ["limited", "Webhook falls behind: billing", "delivered late"],
    ["suppressed", "Many alerts at once: orders", "one by one"],
    ["test", "Test alert: billing", "Nothing is wrong"],
  ] as const)("%s: %s", (kind, title, words) => {
    expect(alertFor(kind)).toMatchObject({ title, text: expect.stringContaining(words) });
  });

  test("of many events at once those that there were, with a link to the cache", () => {
    expect(alertFor("suppressed")).toMatchObject({
      facts: [
        ["Cache", "orders"],
        ["From", "1970-01-01T00:00:00Z"],
        ["To", "1970-01-01T00:01:00Z"],
        ["Failed deliveries", "240"],
        ["Webhooks switched off", "2"],
      ],
      links: [{ url: `${consoleUrl}#/caches/orders/webhooks` }],
    });
  });
});

test.each(Object.keys(drafts) as (keyof typeof drafts)[])(
  "the links of %s lead to pages that the console has",
  (kind) => {
    const screens = alertFor(kind).links.map(({ url }) => routeOf(new URL(url).hash).screen);
    const wanted = { failed: ["webhook", "delivery"], suppressed: ["webhooks"] };
    expect(screens).toEqual({ ...wanted }[String(kind)] ?? ["webhook"]);
  },
);

test("without a console there is no link", () => {
  expect(alertOf(messageOf(drafts.failed), "").links).toEqual([]);
});

test.each([
  ["of a topic of the cache's own", { topicName: "paid", event: "hookcast.delivery.failed" }],
  ["of an event that is not known here", { topicName: "$hookcast", event: "hookcast.new" }],
])("nothing is told of the value of a message %s", (_, facts) => {
  const value = { webhookName: "p4yload", error: "p4yload" };
  const payload = { kind: "json", text: JSON.stringify(value) } as const;
  for (const format of ["slack", "teams"] as const) {
    const { body } = renderBody(format, { ...factsWith(facts), payload }, 0, consoleUrl);
    expect(body.toString()).not.toContain("p4yload");
    expect(body.toString()).toContain(messageId);
  }
});

test.each([
  { kind: "text", text: "p4yload" },
  { kind: "binary", base64: "p4yload" },
  { kind: "json", text: '["p4yload"]' },
] as const)("an event whose value cannot be read is told all the same: %j", (payload) => {
  const alert = alertOf({ ...messageOf(drafts.failed), payload }, consoleUrl);
  expect(alert.title).toBe("Delivery failed: unknown");
  expect(JSON.stringify(alert)).not.toContain("p4yload");
});

/** A name of everything that a chat might take for markup, as long as a name may be. */
const hostile = `<!channel> & <@U1> *b* _i_ ~s~ \`c\` :tada: [a](b) **B**\u202e${"&<>".repeat(30)}`;
const hostileMessage = messageOf(
  eventDraft({
    kind: "failed",
    cacheName: hostile,
    messageId,
    value: {
      webhookId: "whk_|>",
      webhookName: hostile,
      messageId,
      topicName: hostile,
      error: hostile.repeat(9),
    },
  }),
);

describe("slack", () => {
  const messages = [
    ...Object.values(drafts).map(messageOf),
    hostileMessage,
    messageOf({ ...drafts.failed, topicName: "paid" }),
  ].map((message) => slackMessage(alertOf(message, consoleUrl)));

  test("every message is made of blocks that Slack's own types know, within their bounds", () => {
    for (const { text, blocks } of messages) {
      const known: KnownBlock[] = blocks;
      expect(text.length).toBeGreaterThan(0);
      for (const block of known) {
        if (block.type === "header") expect(block.text.text.length).toBeLessThanOrEqual(150);
        if (block.type !== "section") continue;
        expect(block.text?.text.length).toBeLessThanOrEqual(3000);
        expect(block.fields?.length ?? 1).toBeGreaterThan(0);
        expect(block.fields?.length ?? 1).toBeLessThanOrEqual(10);
        for (const field of block.fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2000);
      }
    }
  });

  test("a name mentions nobody and marks nothing up", () => {
    const { text, blocks } = slackMessage(alertOf(hostileMessage, consoleUrl));
    const texts = blocks.flatMap((block) =>
      "fields" in block && block.fields ? [block.text, ...block.fields] : [block.text],
    );
    const plain = texts.filter(({ type }) => type === "plain_text");
    expect(plain.length).toBe(texts.length - 1);
    for (const shown of [text, ...plain.map((one) => one.text)]) {
      expect(shown).not.toMatch(/[<>\u202e]|&(?!amp;|lt;|gt;)/);
    }
    expect(plain).toEqual(plain.map(() => expect.objectContaining({ emoji: false })));
    const [links] = texts.filter(({ type }) => type === "mrkdwn");
    expect(links?.text).toBe(
      `<${consoleUrl}#/webhooks/whk_%7C%3E|Open the webhook> · ` +
        `<${consoleUrl}#/webhooks/whk_%7C%3E/deliveries/${messageId}|Open the delivery>`,
    );
  });
});

describe("teams", () => {
  const cardIn = (message: typeof hostileMessage) => {
    const { type, attachments } = teamsMessage(alertOf(message, consoleUrl));
    const [attachment] = attachments;
    expect([type, attachments.length, attachment?.contentType]).toEqual([
      "message",
      1,
      "application/vnd.microsoft.card.adaptive",
    ]);
    return attachment?.content ?? {};
  };

  test.each([...Object.entries(drafts), ["hostile", hostileMessage] as const])(
    "the alert of %s is an Adaptive Card to Microsoft's own parser, which knows all of it",
    (_, draft) => {
      const content = cardIn("messageId" in draft ? draft : messageOf(draft));
      const context = new cards.SerializationContext(cards.Versions.v1_4);
      const card = new cards.AdaptiveCard();
      card.parse(content, context);
      expect(context.eventCount).toBe(0);
      expect(card.validateProperties().validationEvents).toEqual([]);
      // What it does not know it leaves out.
      expect(card.toJSON()).toEqual(content);
    },
  );

  test("the parser would complain", () => {
    const context = new cards.SerializationContext(cards.Versions.v1_4);
    const content = { ...cardIn(hostileMessage), body: [{ type: "RichTextBlok" }] };
    new cards.AdaptiveCard().parse(content, context);
    expect(context.eventCount).toBeGreaterThan(0);
  });

  test("what is not ours stands in runs alone, in which there is no markup, and fits into a card", () => {
    const content = cardIn(hostileMessage);
    const types = JSON.stringify(content).match(/"type":"\w[\w.]*"/g);
    expect(new Set(types)).toEqual(
      new Set(
        ["AdaptiveCard", "RichTextBlock", "TextRun", "Action.OpenUrl"].map((t) => `"type":"${t}"`),
      ),
    );
    expect(JSON.stringify(content).length).toBeLessThan(28_000);
  });
});
