import fc from "fast-check";
import * as oauth from "oauth4webapi";
import { expect, test } from "vitest";
import {
  refusalIn,
  tokenIn,
  tokenRequest,
} from "../../../shared/delivery/attempt/access-tokens.ts";

const server = {
  issuer: "https://login.client.example",
  token_endpoint: "https://login.client.example/token",
};
const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((one) => one.isWellFormed());
const settings = fc.record({
  clientId: text,
  clientSecret: text,
  scope: fc.option(fc.constantFrom("hooks", "a b", "x:y"), { nil: undefined }),
  clientAuthentication: fc.constantFrom("basic" as const, "post" as const),
});

type Given = typeof settings extends fc.Arbitrary<infer One> ? One : never;

/** What the independent client sends for the same settings. */
async function oracleRequest({ clientId, clientSecret, scope, clientAuthentication }: Given) {
  const sent: { headers: Headers; body: URLSearchParams }[] = [];
  const authenticate =
    clientAuthentication === "post" ? oauth.ClientSecretPost : oauth.ClientSecretBasic;
  await oauth.clientCredentialsGrantRequest(
    server,
    { client_id: clientId },
    authenticate(clientSecret),
    new URLSearchParams(scope === undefined ? {} : { scope }),
    {
      [oauth.customFetch]: async (_url, { headers, body }) => {
        sent.push({ headers: new Headers(headers), body: new URLSearchParams(String(body)) });
        return new Response();
      },
    },
  );
  return sent[0];
}

/** Two encodings of one text may differ; what a server reads of them may not. */
function readCredentials(authorization: string | null | undefined): string[] | undefined {
  const [, encoded] = /^Basic (\S+)$/.exec(authorization ?? "") ?? [];
  return encoded === undefined
    ? undefined
    : Buffer.from(encoded, "base64")
        .toString()
        .split(":")
        .map((part) => decodeURIComponent(part.replaceAll("+", " ")));
}

const sorted = (form: URLSearchParams) => [...form].sort(([a], [b]) => (a < b ? -1 : 1));

test("asks for a token as an independent client does", async () => {
  await fc.assert(
    fc.asyncProperty(settings, async (given) => {
      const auth = { id: "1", type: "oauth2", tokenUrl: server.token_endpoint, ...given } as const;
      const ours = tokenRequest(auth, given.clientSecret, { cacheName: "c", timeoutMs: 1 });
      const oracle = await oracleRequest(given);
      expect(ours.url).toBe(server.token_endpoint);
      expect(sorted(new URLSearchParams(ours.body.toString()))).toEqual(
        sorted(oracle?.body ?? new URLSearchParams()),
      );
      expect(readCredentials(ours.headers.authorization)).toEqual(
        readCredentials(oracle?.headers.get("authorization")),
      );
      expect(ours.headers.accept).toBe(oracle?.headers.get("accept"));
    }),
  );
});

const answers = fc.record(
  {
    access_token: fc.oneof(fc.stringMatching(/^[!-~]{1,60}$/), fc.constantFrom(null, 7, "")),
    token_type: fc.constantFrom("Bearer", "bearer", "BEARER", null, 7, ""),
    expires_in: fc.oneof(fc.nat(200_000), fc.constantFrom(null, "soon")),
    scope: fc.constantFrom("hooks"),
  },
  { requiredKeys: [] },
);

async function oracleToken(body: string): Promise<string | undefined> {
  const headers = { "content-type": "application/json" };
  try {
    const found = await oauth.processClientCredentialsResponse(
      server,
      { client_id: "c" },
      new Response(body, { headers }),
    );
    return found.access_token;
  } catch {
    return undefined;
  }
}

test("takes no token that an independent client refuses, and any that it takes with a lifetime", async () => {
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      const body = JSON.stringify(answer);
      const [ours, oracle] = [tokenIn(body), await oracleToken(body)];
      if (ours && answer.expires_in !== null) expect(ours.token).toBe(oracle);
      if (oracle !== undefined) expect(ours?.token).toBe(oracle);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["no lifetime", { expires_in: undefined }, 300],
  ["a day at most", { expires_in: 1_000_000 }, 86_400],
  ["none at all", { expires_in: 0 }, 0],
])("believes a lifetime: %s", (_, changes, lifeSeconds) => {
  const answer = { access_token: "token", token_type: "Bearer", ...changes };
  expect(tokenIn(JSON.stringify(answer))).toEqual({ token: "token", lifeSeconds });
});

test.each([
  "",
  "null",
  "[]",
  '"token"',
  "{",
  '{"access_token":"a\\nb","token_type":"Bearer"}',
  `{"access_token":"${"x".repeat(8_193)}","token_type":"Bearer"}`,
  '{"access_token":"a","token_type":"mac"}',
  '{"access_token":"a","token_type":"Bearer","expires_in":-1}',
])("%j holds no token", (body) => {
  expect(tokenIn(body)).toBeUndefined();
});

test.each([
  [400, '{"error":"invalid_scope","error_description":"secret"}', "HTTP 400 (invalid_scope)"],
  [401, '{"error":"client-secret was wrong"}', "HTTP 401"],
  [500, "client-secret", "HTTP 500"],
  [302, "", "HTTP 302, and redirects are not followed"],
  [200, '{"token":"secret"}', "the answer holds no bearer token"],
])("tells of a %d with %s in words of its own", (statusCode, body, said) => {
  expect(refusalIn(statusCode, body)).toBe(said);
});
