import { expect, test } from "vitest";
import { PortalTheme } from "../../../shared/contract/portal.ts";
import { DestinationAuth } from "../../../shared/contract/values/destination-auth.ts";

const basic = { type: "basic", username: "größe 😀", password: "p" };
const oauth2 = {
  ...{ type: "oauth2", tokenUrl: "https://client.example/token" },
  ...{ clientId: "id", clientSecret: "s" },
};

test.each([
  ["auth", DestinationAuth, basic],
  ["auth", DestinationAuth, oauth2],
  ["theme", PortalTheme, { name: "größe 😀" }],
])("%s takes characters of every kind", (_, schema, value) => {
  expect(schema.safeParse(value).success).toBe(true);
});

/** A table takes them for no text at all: what is sent with one would be tried again for ever. */
test.each([
  ["auth", DestinationAuth, { ...basic, username: "a\ud800" }],
  ["auth", DestinationAuth, { ...basic, password: "\udfffa" }],
  ["auth", DestinationAuth, { ...oauth2, clientId: "\ud800\ud800" }],
  ["auth", DestinationAuth, { ...oauth2, clientSecret: "\udc00" }],
  ["auth", DestinationAuth, { ...oauth2, audience: "a\udc00" }],
  ["theme", PortalTheme, { name: "a\ud800b" }],
])("%s refuses half a character", (_, schema, value) => {
  expect(schema.safeParse(value).success).toBe(false);
});
