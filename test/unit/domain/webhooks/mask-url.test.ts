import { expect, test } from "vitest";
import { maskUrl, urlSent } from "../../../../shared/domain/webhooks/masking.ts";

test.each([
  ["https://hooks.example/services/T00/B00/token", "https://hooks.example/services/•••"],
  ["https://hooks.example:8443/in?key=token&a=1", "https://hooks.example:8443/in?•••"],
  ["https://hooks.example/in/token?key=token", "https://hooks.example/in/•••?•••"],
  ["https://hooks.example?key=token", "https://hooks.example?•••"],
  ["https://hooks.example//token", "https://hooks.example//•••"],
  ["https://hooks.example/in//token", "https://hooks.example/in/•••"],
  ["HTTPS://Hooks.example/in/a?", "HTTPS://Hooks.example/in/•••?"],
  ["https://bücher.example/größe/token", "https://bücher.example/größe/•••"],
  ["https://[2606:4700::1111]/in/token", "https://[2606:4700::1111]/in/•••"],
])("%s is shown as %s", (url, shown) => {
  expect(maskUrl(url)).toBe(shown);
  expect(maskUrl(shown)).toBe(shown);
});

test.each([
  "https://hooks.example",
  "https://hooks.example/",
  "https://hooks.example/in",
  "https://hooks.example/in/",
])("%s hides nothing", (url) => {
  expect(maskUrl(url)).toBe(url);
});

test.each(["https:hooks.example/token", "https:\\\\a/token", "", "https://a/b#token"])(
  "of what is no legal URL nothing is shown: %j",
  (url) => {
    expect(maskUrl(url)).toBe("•••");
  },
);

const previous = { url: "https://hooks.example/in/token?key=token" };

test.each([
  "https://hooks.example/in/•••?•••",
  "https://hooks.example/in/%E2%80%A2%E2%80%A2%E2%80%A2?%e2%80%a2%e2%80%a2%e2%80%a2",
])("%s, sent back, keeps the URL that it stands for", (url) => {
  expect(urlSent(url, previous, "config.url")).toBe(previous.url);
});

test.each([
  ["https://hooks.example/in/•••", previous],
  ["https://other.example/in/•••?•••", previous],
  ["https://hooks.example/out/%E2%80%A2%E2%80%A2%E2%80%A2", previous],
  ["https://hooks.example/in/•••?•••", undefined],
])("%s, of another URL or of none, is refused by name", (url, stored) => {
  expect(() => urlSent(url, stored, "config.url")).toThrow(
    expect.objectContaining({
      code: "INVALID_ARGUMENT_ERROR",
      details: [{ path: "config.url", message: expect.stringContaining("whole URL") }],
    }),
  );
});

test("a URL without a mask is stored as it was sent", () => {
  expect(urlSent("https://a.example/b", previous, "config.url")).toBe("https://a.example/b");
});
