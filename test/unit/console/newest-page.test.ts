import { expect, test } from "vitest";
import { withNewest } from "../../../console/state/deliveries/newest-page.ts";
import { summary } from "./samples.ts";

const page = (ids: number[], nextCursor: string | null) => ({
  deliveries: ids.map((id) => summary({ messageId: `msg_${id}` })),
  nextCursor,
});
const shown = ({ deliveries, nextCursor }: ReturnType<typeof withNewest>) =>
  `${deliveries.map(({ messageId }) => messageId.slice(4)).join(" ")} → ${nextCursor}`;

test("puts what is new before what was loaded of the older ones", () => {
  expect(shown(withNewest(page([6, 5, 4, 3], "after 3"), page([8, 7, 6], "after 6")))).toBe(
    "8 7 6 5 4 3 → after 3",
  );
});

test("takes the newest page alone where nothing older was loaded, or nothing older is left", () => {
  expect(shown(withNewest(undefined, page([3, 2], "after 2")))).toBe("3 2 → after 2");
  expect(shown(withNewest(page([3, 2], "after 2"), page([3, 2], "after 2")))).toBe("3 2 → after 2");
  expect(shown(withNewest(page([3, 2], "after 2"), page([3], null)))).toBe("3 → null");
});

test("begins anew rather than keep ever more rows", () => {
  const ids = (count: number, first: number) =>
    Array.from({ length: count }, (_, index) => first - index);
  const rows = (count: number) =>
    withNewest(page(ids(count, 5000), "after"), page([5001, 5000], "after 5000")).deliveries.length;
  expect([rows(1_001), rows(1_002)]).toEqual([1_002, 2]);
});

test("begins anew where more has come than one page holds", () => {
  expect(shown(withNewest(page([3, 2, 1], null), page([9, 8], "after 8")))).toBe("9 8 → after 8");
});

test("keeps what was found further back while nothing newer fits a filter", () => {
  expect(shown(withNewest(page([3, 2], "after 1"), page([], "after 500")))).toBe("3 2 → after 1");
  expect(shown(withNewest(undefined, page([], "after 500")))).toBe(" → after 500");
  expect(shown(withNewest(page([3, 2], "after 1"), page([], null)))).toBe(" → null");
});
