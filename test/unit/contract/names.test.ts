import { expect, test } from "vitest";
import * as z from "zod/mini";
import { CacheName, TopicName, WebhookName } from "../../../shared/contract/values/names.ts";

test.each([
  ["Latin", "Rechnungen"],
  ["Greek", "παραγγελίες"],
  ["Cyrillic", "заказы"],
  ["Armenian", "պատվերներ"],
  ["Georgian", "შეკვეთები"],
  ["Hebrew", "הזמנות"],
  ["Arabic", "طلبات"],
  ["Syriac", "ܛܠܒܐ"],
  ["Ethiopic", "ትዕዛዞች"],
  ["Devanagari", "आदेश"],
  ["Bengali", "আদেশ"],
  ["Tamil", "ஆர்டர்கள்"],
  ["Sinhala", "ඇණවුම්"],
  ["Thai", "คำสั่งซื้อ"],
  ["Tibetan", "མངགས་ཉོ།"],
  ["Khmer", "ការបញ្ជាទិញ"],
  ["Hangul", "주문"],
  ["Han", "订单"],
  ["Kana", "ちゅうもん"],
  ["Cherokee", "ᎤᏍᏗ"],
  ["Gothic, beyond the first plane", "𐌰𐌱𐌲"],
  ["emoji with joiners", "👩‍🚀🏳️‍🌈"],
])("accepts a name in %s", (_, name) => {
  expect(z.parse(CacheName, name)).toBe(name);
});

test.each([
  "orders",
  "a b",
  " a ",
  "a.b",
  "...",
  "a#".slice(0, 1),
  "$hookcast",
  "a:b@c+d&e=f",
  "*",
])("accepts the name %j unchanged", (name) => {
  expect(z.parse(TopicName, name)).toBe(name);
});

test.each(["", " ", "\t", "\n", "\u00a0", "\u2003\u3000", "\ufeff"])(
  "calls the blank name %j empty",
  (name) => {
    expect(complaint(CacheName, name)).toBe("cache name must not be empty");
    expect(complaint(TopicName, name)).toBe("topic name must not be empty");
    expect(complaint(WebhookName, name)).toBe("webhook name must not be empty");
  },
);

test.each(["/", "?", "#", "%", "\\", "\0", "\x1f", "\x7f", "\x85", "\ud800", "\udfff"])(
  "refuses a name that holds %j",
  (character) => {
    expect(complaint(CacheName, `a${character}b`)).toMatch(/^cache name must not contain /);
  },
);

test.each([".", ".."])("refuses the name %j, which a path would swallow", (name) => {
  expect(complaint(WebhookName, name)).toBe("webhook name must not be . or ..");
});

test("counts code points, not UTF-16 units or bytes", () => {
  expect(z.parse(CacheName, "💳".repeat(128))).toHaveLength(256);
  expect(complaint(CacheName, "💳".repeat(129))).toBe(
    "cache name must have at most 128 characters",
  );
  expect(complaint(CacheName, "a".repeat(129))).toBe("cache name must have at most 128 characters");
});

function complaint(schema: typeof CacheName, name: string): string | undefined {
  return z.safeParse(schema, name).error?.issues[0]?.message;
}
