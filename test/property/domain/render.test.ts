import fc from "fast-check";
import { expect, test } from "vitest";
import type { Payload } from "../../../shared/contract/message.ts";
import { type FormattableMessage, renderBody } from "../../../shared/domain/requests/render.ts";

const texts = fc.string({ unit: "grapheme" });
const spacing = fc.constantFrom("", " ", "\n", "\t ");
const jsonTexts = fc
  .tuple(spacing, fc.jsonValue(), fc.bigInt(), spacing)
  .map(
    ([before, value, big, after]) =>
      `${before}{"big":${big},"__proto__":${JSON.stringify(value)}}${after}`,
  );
const payloads: fc.Arbitrary<Payload> = fc.oneof(
  jsonTexts.map((text) => ({ kind: "json" as const, text })),
  texts.map((text) => ({ kind: "text" as const, text })),
  fc
    .uint8Array()
    .map((bytes) => ({ kind: "binary" as const, base64: Buffer.from(bytes).toString("base64") })),
);

const messages: fc.Arbitrary<FormattableMessage> = fc.record({
  messageId: fc.constant("msg_01ARYZ6S41ZZZZZZZZZZZZZZZZ"),
  cacheName: texts,
  topicName: texts,
  event: fc.oneof(fc.nat(), texts, fc.constant(null)),
  contentType: fc.constant("application/json"),
  payload: payloads,
  publishedTimeMs: fc.nat(),
  keyId: fc.constant("key_01ARYZ6S410000000000000000"),
  sequenceNumber: fc.oneof(fc.nat(), fc.constant(null)),
});

test("every wrapping format is valid JSON whatever the names and the value", () => {
  fc.assert(
    fc.property(
      messages,
      fc.constantFrom("standard", "momento", "thredd", "cloudevents"),
      (message, format) => {
        expect(() => JSON.parse(renderBody(format, message, 0).body.toString())).not.toThrow();
      },
    ),
  );
});

test("a JSON value stands in the body with its own bytes", () => {
  const before = { standard: ',"data":', thredd: '},"payload":', cloudevents: ',"data":' };
  fc.assert(
    fc.property(
      messages,
      jsonTexts,
      fc.constantFrom("standard", "thredd", "cloudevents"),
      (message, text, format) => {
        const { body } = renderBody(format, { ...message, payload: { kind: "json", text } }, 0);
        expect(body.toString().endsWith(`${before[format]}${text}}`)).toBe(true);
      },
    ),
  );
});

test("momento and raw give back the published text", () => {
  fc.assert(
    fc.property(messages, fc.oneof(jsonTexts, texts), (message, text) => {
      const published = { ...message, payload: { kind: "text" as const, text } };
      expect(JSON.parse(renderBody("momento", published, 0).body.toString()).text).toBe(text);
      expect(renderBody("raw", published, 0).body.toString()).toBe(text);
    }),
  );
});

test("no two topics share a CloudEvents source", () => {
  const names = fc.string({ unit: fc.constantFrom("a", "/", "%", "2", "F", " ", "+", "é", "s") });
  function sourceOf(message: FormattableMessage): unknown {
    return JSON.parse(renderBody("cloudevents", message, 0).body.toString()).source;
  }
  fc.assert(
    fc.property(messages, names, names, names, names, (message, cacheA, topicA, cacheB, topicB) => {
      fc.pre(cacheA !== cacheB || topicA !== topicB);
      const a = sourceOf({ ...message, cacheName: cacheA, topicName: topicA });
      expect(a).not.toBe(sourceOf({ ...message, cacheName: cacheB, topicName: topicB }));
    }),
  );
});
