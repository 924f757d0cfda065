import { expect, test } from "vitest";
import { pathOf, queryOf, withQuery } from "../../../console/state/address/query.ts";

test("the query of an address comes back as it was written, and empty values are none", () => {
  const query = { state: "held,failing", cache: "größe & more = 1?" };
  const hash = withQuery("#/", { ...query, nothing: "" });
  expect(queryOf(hash)).toEqual(query);
  expect(pathOf(hash)).toBe("#/");
  expect(withQuery("#/caches/a/webhooks", {})).toBe("#/caches/a/webhooks");
  expect(queryOf("#/caches/a/webhooks")).toEqual({});
});
