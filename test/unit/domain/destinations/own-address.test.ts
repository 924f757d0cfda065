import { expect, test } from "vitest";
import { isOwnAddress } from "../../../../shared/domain/destination.ts";

const gateway = "https://abc123.execute-api.eu-west-1.amazonaws.com";
const deployed = [gateway, "hooks.client.example", "https://d111.cloudfront.net/"];

function isOwn(url: string, own: readonly string[]): boolean {
  return isOwnAddress(new URL(url), own);
}

test.each([
  `${gateway}/api/v1/caches/orders/topics/paid`,
  "https://ABC123.Execute-API.eu-west-1.amazonaws.com/",
  "https://abc123.execute-api.eu-west-1.amazonaws.com./",
  "https://abc123.execute-api.eu-west-1.amazonaws.com:8443/",
  "https://abc123.execute-api-fips.eu-west-1.amazonaws.com/",
  "https://abc123.execute-api.eu-west-1.api.aws/",
  "https://hooks.client.example/api/v1/",
  "https://HOOKS.client.example..:443",
  "https://ｈｏｏｋｓ.client。example/",
  "https://d111.cloudfront.net/api/v1/",
])("%s is the deployment's own", (url) => {
  expect(isOwn(url, deployed)).toBe(true);
});

test.each([
  "https://client.example/",
  "https://other.client.example/",
  "https://a.hooks.client.example/",
  "https://hooks.client.example.evil.example/",
  "https://abc124.execute-api.eu-west-1.amazonaws.com/",
  "https://abc123.client.example/",
  "https://d112.cloudfront.net/",
  "http://127.0.0.1/",
])("%s is another's", (url) => {
  expect(isOwn(url, deployed)).toBe(false);
});

test.each([
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f.0.0.1",
  "127.9.8.7",
  "0.0.0.0",
  "0",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::]",
  "localhost",
  "LocalHost.",
  "api.localhost",
])("on this machine, %s with the service's port is its own, and with others it is not", (host) => {
  for (const own of ["http://127.0.0.1:3000", "localhost:3000"]) {
    expect(isOwn(`http://${host}:3000/hooks`, [own])).toBe(true);
    expect(isOwn(`http://${host}:3001/hooks`, [own])).toBe(false);
    expect(isOwn(`http://${host}/hooks`, [own])).toBe(false);
  }
  expect(isOwn(`http://${host}/hooks`, ["http://127.0.0.1:80"])).toBe(true);
});

test.each(["10.0.0.1", "[fd00::1]", "local", "localhost.example"])(
  "%s is not this machine",
  (host) => {
    expect(isOwn(`http://${host}:3000/`, ["http://127.0.0.1:3000"])).toBe(false);
  },
);

test("a port matters where the address has one", () => {
  expect(isOwn("http://hookcast:3000/", ["hookcast:3000"])).toBe(true);
  expect(isOwn("http://hookcast:3001/", ["hookcast:3000"])).toBe(false);
  expect(isOwn("https://hookcast/", ["hookcast:443"])).toBe(true);
});

test("what cannot be an address is none", () => {
  expect(isOwn("https://a.example/", ["", "a b", "://", "https://"])).toBe(false);
});
