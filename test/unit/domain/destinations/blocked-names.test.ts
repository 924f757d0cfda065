import { expect, test } from "vitest";
import { isBlockedName } from "../../../../shared/domain/destination.ts";

test.each([
  "localhost",
  "LocalHost",
  "localhost.",
  "localhost..",
  "a.b.localhost",
  "internal",
  "metadata.google.internal",
  "ip-10-0-0-1.ec2.INTERNAL.",
  "local",
  "printer.local",
])("refuses %s", (name) => {
  expect(isBlockedName(name)).toBe(true);
});

test.each([
  "example.com",
  "localhost.example.com",
  "mylocalhost",
  "notlocal",
  "internals.dev",
  "a.local.com",
])("lets %s through", (name) => {
  expect(isBlockedName(name)).toBe(false);
});
