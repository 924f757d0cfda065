import { expect, test } from "vitest";
import { whyKey } from "../../../portal/state/why.ts";

test.each([
  [204, null, undefined],
  [301, "HTTP 301", "why.redirect"],
  [400, "HTTP 400", "why.refused"],
  [401, "HTTP 401", "why.auth"],
  [404, "HTTP 404", "why.notFound"],
  [429, "HTTP 429", "why.tooMany"],
  [503, "HTTP 503", "why.server"],
  [null, "timed out", "why.timeout"],
  [null, "connection timed out", "why.timeout"],
  [null, "connection refused", "why.connection"],
  [null, "not attempted yet", undefined],
  [500, "webhook inactive", "why.off"],
])("says of %s and %s what can be done: %s", (statusCode, error, key) => {
  expect(whyKey({ statusCode, error })).toBe(key);
});
