import { expect, test } from "vitest";
import { shownHeaders } from "../../../shared/domain/webhooks/masking.ts";

const url = "https://example.com/hooks/s3cr3t";

test("shows headers as they came", () => {
  const headers = { "content-type": "text/plain", "retry-after": "5", server: "nginx" };
  expect(shownHeaders(headers, url)).toEqual(headers);
});

test("shows none that sets a cookie", () => {
  const cookies = {
    "set-cookie": "a=1",
    "set-cookie2": "b=2",
    "x-amzn-remapped-set-cookie": "c=3",
  };
  expect(shownHeaders({ ...cookies, server: "nginx" }, url)).toEqual({ server: "nginx" });
});

test("masks where an answer leads as it masks a webhook's URL", () => {
  const headers = {
    location: "/hooks/s3cr3t/?code=1",
    "content-location": "https://user:pass@other.example/a/b",
  };
  expect(shownHeaders(headers, url)).toEqual({
    location: "https://example.com/hooks/•••?•••",
    "content-location": "https://other.example/a/•••",
  });
});

test("writes out what a terminal would act on", () => {
  const headers = { "x-a": "\u001b[2Jred\u009b", "x-b": "größe" };
  expect(shownHeaders(headers, url)).toEqual({ "x-a": "\\u001b[2Jred\\u009b", "x-b": "größe" });
  expect(shownHeaders({ "a b": "1", ü: "2" }, url)).toEqual({});
});

test("keeps 2 KiB in all, and of a long value its beginning", () => {
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, n) => [`x-${n}`, "ü".repeat(1 + (n % 60))]),
  );
  const shown = shownHeaders({ "x-long": "a".repeat(9_000), ...many }, url);
  expect(shown["x-long"]).toBe("a".repeat(512));
  const bytes = Object.entries(shown)
    .flat()
    .map((text) => Buffer.byteLength(text));
  const total = bytes.reduce((sum, one) => sum + one, 0);
  expect(total).toBeLessThanOrEqual(2_048);
  expect(total).toBeGreaterThan(1_900);
});

test("cuts no escape in two", () => {
  for (let n = 500; n < 512; n += 1) {
    const shown = shownHeaders({ "x-a": `${"a".repeat(n)}\u0001\u0001\u0001` }, url)["x-a"] ?? "";
    expect(shown).toMatch(/^a+(\\u0001)*$/);
  }
});
