import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { routes } from "../../../shared/contract/routes.ts";
import { readRequest } from "../../../shared/runtime/request.ts";
import { checkPut, checkUrlAt } from "../../../shared/runtime/request-checks.ts";
import { httpEvent } from "../functions/http-event.ts";

beforeEach(() => {
  vi.stubEnv("ALLOW_PRIVATE_DESTINATIONS", "false");
  vi.stubEnv("OWN_ADDRESSES", "https://abc.execute-api.eu-west-1.amazonaws.com,hooks.example");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const message = "is an address of this service";

test("names the field by its path, wherever the URL stands", () => {
  const url = "https://HOOKS.example.:8443/x";
  expect(checkUrlAt("config", "url", { config: { url } }, [])).toEqual([
    { path: "config.url", message },
  ]);
  expect(checkUrlAt("destination", "postUrl", { destination: { postUrl: url } }, [])).toEqual([
    { path: "destination.postUrl", message },
  ]);
  expect(checkUrlAt("config", "url", { config: { url: "https://a.example/" } }, [])).toEqual([]);
});

test.each<[string, { domainName?: string; host?: string }]>([
  ["the gateway names", { domainName: "given.example" }],
  ["the caller names", { host: "Given.example" }],
])("refuses the host that %s, which no setting knows of", (_, { domainName, host }) => {
  const params = { cacheName: "orders", webhookName: "billing" };
  const body = { destination: { postUrl: "https://given.example/" }, topicName: "paid" };
  const event = httpEvent({ params, body, headers: host ? { host } : {} });
  const requestContext = { ...event.requestContext, ...(domainName && { domainName }) };
  expect(() => readRequest(routes.putWebhook, { ...event, requestContext }, checkPut)).toThrow(
    expect.objectContaining({
      message: `destination.postUrl ${message}`,
      details: [{ path: "destination.postUrl", message }],
    }),
  );
});
