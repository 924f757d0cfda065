import type { LookupAddress } from "node:dns";
import { expect, test } from "vitest";
import type { Resolver } from "../../shared/http/guarded-connect.ts";
import { openWebhookClient } from "../../shared/http/webhook-client.ts";
import { eventually } from "../support/eventually.ts";
import { answerText, startRawReceiver } from "./raw-receiver.ts";

type Callback = (error: Error | null, addresses: LookupAddress[]) => void;

/** A resolver that does what it is told and notes the names it was asked for. */
function resolverOf(resolve: (callback: Callback, call: number) => void) {
  const asked: string[] = [];
  const resolver = (name: string, _options: object, callback: Callback) => {
    asked.push(name);
    // Real ones never call back at once.
    setImmediate(() => resolve(callback, asked.length));
  };
  // The guard asks for all addresses, which is the one overload that is played here.
  return { asked, resolver: resolver as Resolver };
}

function answering(...answers: [string[], ...string[][]]) {
  return resolverOf((callback, call) => {
    const addresses = answers[Math.min(call, answers.length) - 1] ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  });
}

function post(url: string, resolver: Resolver, { allowPrivate = true } = {}) {
  const client = openWebhookClient({ allowPrivate }, resolver);
  return (timeoutMs = 5_000) =>
    client.post({ url, headers: {}, body: Buffer.from("{}"), timeoutMs });
}

const refused = {
  outcome: { kind: "refused", error: "the name resolves to an address that is not allowed" },
};
const accepted = { outcome: { kind: "answer", statusCode: 200 } };

test("connects to the address that it was given, and to no name", async () => {
  await using receiver = await startRawReceiver((socket) => socket.write(answerText("200 OK")));
  const { asked, resolver } = answering(["127.0.0.1"]);
  expect(await post(`http://a.example:${receiver.port}/`, resolver)()).toMatchObject(accepted);
  expect(asked).toEqual(["a.example"]);
});

test.each([
  ["private", ["127.0.0.1"], false],
  ["private beside a public one", ["93.184.216.34", "127.0.0.1"], false],
  ["private behind IPv6", ["2606:2800:220:1::1", "::ffff:127.0.0.1"], false],
  ["the platform's own", ["169.254.169.254"], true],
  ["the platform's own beside one that is allowed", ["127.0.0.1", "fd00:ec2::254"], true],
])(
  "refuses a name with an address that is %s, and opens no connection",
  async (_, addresses, allowPrivate) => {
    await using receiver = await startRawReceiver(() => {});
    const url = `https://a.example:${receiver.port}/`;
    expect(await post(url, answering(addresses).resolver, { allowPrivate })()).toMatchObject(
      refused,
    );
    expect(receiver.connections).toEqual([]);
  },
);

test("knows the runtime API by its port, also behind a name", async () => {
  const { resolver } = answering(["127.0.0.1"]);
  expect(await post("http://a.example:9001/", resolver)()).toMatchObject(refused);
});

test("checks a name anew for every connection", async () => {
  await using receiver = await startRawReceiver((socket) =>
    socket.end(answerText("200 OK", "", ["connection: close"])),
  );
  const { asked, resolver } = answering(["127.0.0.1"], ["169.254.169.254"]);
  const again = post(`http://a.example:${receiver.port}/`, resolver);
  expect(await again()).toMatchObject(accepted);
  expect(await again()).toMatchObject(refused);
  expect(asked).toHaveLength(2);
  expect(receiver.connections).toHaveLength(1);
});

test("asks once for a connection, so that the address which was checked is the one connected to", async () => {
  await using receiver = await startRawReceiver((socket) => socket.write(answerText("200 OK")));
  const { asked, resolver } = answering(["127.0.0.1"], ["169.254.169.254"]);
  expect(await post(`http://a.example:${receiver.port}/`, resolver)()).toMatchObject(accepted);
  expect(asked).toHaveLength(1);
});

test("counts a resolver that hangs into the deadline", async () => {
  const { resolver } = resolverOf(() => {});
  const reply = await post("https://a.example/", resolver)(100);
  expect(reply.outcome).toEqual({
    kind: "unreachable",
    error: "no full answer within 0.1 s",
    isTimeout: true,
  });
});

test("posts nothing when the resolver answers after the deadline", async () => {
  const late: (() => void)[] = [];
  const resolver = resolverOf((callback, call) => {
    const answer = () => callback(null, [{ address: "127.0.0.1", family: 4 }]);
    if (call === 1) late.push(answer);
    else answer();
  }).resolver;
  await using receiver = await startRawReceiver((socket) => socket.write(answerText("200 OK")));
  const again = post(`http://a.example:${receiver.port}/`, resolver);
  expect(await again(150)).toMatchObject({ outcome: { kind: "unreachable" } });
  for (const answer of late) answer();
  await eventually(() => receiver.connections.length > 0);
  // A later post arrives: had the first been sent after all, it would have arrived before.
  expect(await again()).toMatchObject(accepted);
  expect(receiver.requestCount()).toBe(1);
});

test("says that a name does not exist", async () => {
  const { resolver } = resolverOf((callback) =>
    callback(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }), []),
  );
  expect(await post("https://a.example/", resolver)()).toMatchObject({
    outcome: { kind: "unreachable", error: "DNS: the name does not exist" },
  });
});
