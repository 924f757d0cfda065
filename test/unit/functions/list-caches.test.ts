import { expect, test } from "vitest";
import { listCaches } from "../../../functions/http/service/list-caches.ts";
import { callerWith } from "./http-event.ts";

/** In the order of their bytes, which is not the order of their UTF-16. */
const existing = ["*", "a", "b", "ä", "\u{fffd}", "\u{1f600}"];

const caches = {
  async page(after: string | undefined, limit: number) {
    const rest = existing.slice(after === undefined ? 0 : existing.indexOf(after) + 1);
    const cacheNames = rest.slice(0, limit);
    return { cacheNames, last: rest.length > limit ? cacheNames.at(-1) : undefined };
  },
  countWebhooks: async () => 0,
  existing: async (names: readonly string[]) => names.filter((name) => existing.includes(name)),
};

async function list(covered: string[], query: { limit?: number; cursor?: string | null } = {}) {
  const { cursor, ...rest } = query;
  const input = {
    params: {},
    query: { ...rest, ...(cursor && { cursor }) },
    headers: undefined,
    body: undefined,
    text: "",
    caller: callerWith({ caches: covered }),
  };
  const { caches: shown, nextCursor } = await listCaches(input, { caches });
  return { names: shown.map(({ cacheName }) => cacheName), nextCursor };
}

test("a key of all caches sees those that there are", async () => {
  expect(await list(["*"])).toEqual({ names: existing, nextCursor: null });
});

test("a key of some caches sees those of its own that there are, in the same order", async () => {
  const covered = ["\u{1f600}", "\u{fffd}", "never used", "b", "a"];
  const names = ["a", "b", "\u{fffd}", "\u{1f600}"];
  expect(await list(covered)).toEqual({ names, nextCursor: null });
});

test("a cache that is called `*` is not all of them", async () => {
  expect((await list(["\\*"])).names).toEqual(["*"]);
});

test.each([[["*"]], [["\u{1f600}", "\u{fffd}", "b", "ä", "a", "\\*"]]])(
  "pages show each cache once: %j",
  async (covered) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(covered, { limit: 2, cursor });
      seen.push(...page.names);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(existing);
  },
);

test("a cursor of another key's list is refused", async () => {
  const { nextCursor } = await list(["*"], { limit: 1 });
  await expect(list(["a", "b"], { cursor: nextCursor })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT_ERROR",
    details: [{ path: "cursor" }],
  });
});
