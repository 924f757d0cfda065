import { expect, test } from "vitest";
import { readAllowedHosts } from "../../../local/allowed-hosts.ts";

test("reads names for any port, names for one, and addresses", () => {
  expect(readAllowedHosts(" Dev.Example, dev.example:3000,[::1]:80 ,10.0.0.7,, ")).toEqual([
    { name: "dev.example", port: undefined },
    { name: "dev.example", port: 3000 },
    { name: "[::1]", port: 80 },
    { name: "10.0.0.7", port: undefined },
  ]);
  expect(readAllowedHosts("")).toEqual([]);
  expect(readAllowedHosts(undefined)).toEqual([]);
});

test.each([
  "https://dev.example",
  "*",
  "*.dev.example",
  "dev.example:0",
  "dev.example:70000",
  "dev.example:123456",
  "dev.example/path",
  "a b",
])("refuses %s, and says what it wants", (text) => {
  expect(() => readAllowedHosts(`fine.example,${text}`)).toThrow(
    /HOOKCAST_ALLOWED_HOSTS: .*Not a host such as dev\.example/s,
  );
});
