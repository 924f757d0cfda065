/** What a web page whose name was rebound to this machine gets from a local run: nothing. */
import { beforeAll, expect, test } from "vitest";
import { answerToRaw } from "../support/network/raw-http.ts";
import { type LocalStack, startLocalStack } from "../support/service/local-stack.ts";

let run: LocalStack;

beforeAll(async () => {
  run = await startLocalStack({ allowedHosts: "dev.example, codespace.example:443" });
  return run.close;
});

const listeners = ["gateway", "dynamodb", "sqs", "kms", "eventbridge", "sns"] as const;
type Listener = (typeof listeners)[number];

function urlOf(listener: Listener): string {
  if (listener === "gateway") return run.url;
  return run.operatorEnv[`AWS_ENDPOINT_URL_${listener.toUpperCase()}`] ?? "";
}

const notAllowed = /^403 .*HOOKCAST_ALLOWED_HOSTS/;
const asksForMore: Record<Listener, RegExp> = {
  gateway: /^404 .*Not Found/,
  dynamodb: /^400 .*MissingAuthenticationToken/,
  sqs: /^403 .*MissingAuthenticationToken/,
  kms: /^400 .*MissingAuthenticationToken/,
  eventbridge: /^400 .*MissingAuthenticationToken/,
  sns: /^403 .*MissingAuthenticationToken/,
};

/** The answer to a request that a browser could make, with these Host headers; `PORT` is the listener's. */
async function answerWith(
  listener: Listener,
  hosts: readonly string[],
  start = "POST / HTTP/1.1",
): Promise<string> {
  const url = urlOf(listener);
  const { port } = new URL(url);
  const headers = hosts.map((host) => `host: ${host.replace("PORT", port)}`);
  return await answerToRaw(url, [start, ...headers, "content-length: 0"]);
}

test.each(listeners)("%s refuses a Host that is not this machine at its port", async (listener) => {
  const foreign = [
    "evil.example:PORT",
    "evil.example",
    "127.0.0.1.evil.example:PORT",
    "localhost.evil.example:PORT",
    "evillocalhost:PORT",
    "169.254.169.254:PORT",
    "0.0.0.0:PORT",
    "127.1:PORT",
    "2130706433:PORT",
    "user@localhost:PORT",
    "[::ffff:127.0.0.1]:PORT",
    "localhost:1",
    "localhost:0PORT",
    "localhost:PORT:PORT",
    "localhost",
    "codespace.example:3000",
    "sub.dev.example",
    "",
  ];
  for (const host of foreign) {
    expect(await answerWith(listener, [host]), host).toMatch(notAllowed);
  }
});

test.each(listeners)(
  "%s takes the names of this machine, and those it was told",
  async (listener) => {
    const own = [
      ...["localhost:PORT", "LOCALHOST:PORT", "localhost.:PORT", "app.localhost:PORT"],
      ...["127.0.0.1:PORT", "127.8.9.10:PORT", "[::1]:PORT"],
      ...["dev.example", "Dev.Example:8080", "codespace.example:443"],
    ];
    for (const host of own) {
      expect(await answerWith(listener, [host]), host).toMatch(asksForMore[listener]);
    }
  },
);

test("refuses a foreign Host for every path and method, the console's page and preflights too", async () => {
  for (const start of [
    "GET /console/",
    "HEAD /console/",
    "OPTIONS /any",
    "GET http://localhost/",
  ]) {
    expect(await answerWith("gateway", ["evil.example:PORT"], `${start} HTTP/1.1`)).toMatch(/^403/);
  }
});

test.each(listeners)("%s refuses a request with no Host or with two", async (listener) => {
  expect(await answerWith(listener, [])).toMatch(/^400/);
  expect(await answerWith(listener, [], "POST / HTTP/1.0")).toMatch(/^400/);
  const two = ["localhost:PORT", "evil.example:PORT"];
  expect(await answerWith(listener, two)).toMatch(/^400/);
  expect(await answerWith(listener, two.toReversed())).toMatch(/^400/);
});
