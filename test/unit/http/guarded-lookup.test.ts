import { expect, test } from "vitest";
import { guardedLookup } from "../../../shared/http/dns/names.ts";
import { namesWith } from "./named-addresses.ts";

const asker = { cacheName: "c", timeoutMs: 1_000 };

test("IPv4 comes first, whatever the order in which addresses were found", async () => {
  const names = namesWith(["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2"]);
  const lookup = guardedLookup(443, { allowPrivate: true }, names, asker);
  const found = Promise.withResolvers<unknown>();
  lookup("a.example", { all: true }, (error, addresses) =>
    error ? found.reject(error) : found.resolve(addresses),
  );
  expect(await found.promise).toEqual([
    { address: "192.0.2.1", family: 4 },
    { address: "192.0.2.2", family: 4 },
    { address: "2001:db8::1", family: 6 },
    { address: "2001:db8::2", family: 6 },
  ]);
});
