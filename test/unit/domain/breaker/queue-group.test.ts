import { expect, test } from "vitest";
import { groupOf } from "../../../../shared/domain/breaker/slowness.ts";

const ids = Array.from({ length: 1000 }, (_, n) => `whk_${String(n).padStart(26, "0")}`);

test("a cache has eight groups, however many webhooks it has", () => {
  expect(new Set(ids.map((id) => groupOf("orders", id))).size).toBe(8);
});

test("one webhook shares its group with about an eighth of its cache's others", () => {
  const own = groupOf("orders", ids[0] ?? "");
  const sharing = ids.filter((id) => groupOf("orders", id) === own).length;
  expect(sharing).toBeGreaterThan(90);
  expect(sharing).toBeLessThan(170);
});

test("no two caches share a group, also where a checksum of their names is the same", () => {
  // Both have the CRC-32 4ddb0c25.
  const [a, b] = [groupOf("plumless", "whk_1"), groupOf("buckeroo", "whk_1")];
  expect(a).not.toBe(b);
});

test("a group is what SQS takes, whatever a cache's name holds", () => {
  for (const cacheName of ["orders", "größe 🦔", "x".repeat(512)]) {
    expect(groupOf(cacheName, "whk_1")).toMatch(/^[\w-]{22}\.[0-7]$/);
  }
});

test("a webhook keeps its group", () => {
  expect(groupOf("orders", "whk_01JDB2Q5V8K3M4N6P7R8S9TAVW")).toBe("HBaK2wDSCOQvkzFFKfH6nA.7");
});
