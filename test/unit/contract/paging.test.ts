import { expect, test } from "vitest";
import * as z from "zod/mini";
import { pagingQuery } from "../../../shared/contract/values/paging.ts";

const Query = z.strictObject(pagingQuery);

test("needs neither limit nor cursor", () => {
  expect(z.parse(Query, {})).toEqual({});
});

test.each([
  ["1", 1],
  ["0020", 20],
  ["1000", 1000],
])("reads the limit %j as %j", (limit, number) => {
  expect(z.parse(Query, { limit })).toEqual({ limit: number });
});

test.each(["", "0", "1001", "-1", "1.5", "1e2", " 1", "ten", "10,20"])(
  "refuses the limit %j",
  (limit) => {
    expect(z.safeParse(Query, { limit }).error?.issues.map(({ message }) => message)).toEqual([
      "must be a whole number from 1 to 1000",
    ]);
  },
);
