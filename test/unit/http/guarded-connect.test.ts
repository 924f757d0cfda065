import { expect, test } from "vitest";
import type { Asker, Names } from "../../../shared/http/dns/names.ts";
import { DnsFailure } from "../../../shared/http/dns/query-name.ts";
import { openWebhookClient } from "../../../shared/http/webhook-client.ts";
import { namesWith } from "./named-addresses.ts";
import { answerText, startRawReceiver } from "./raw-receiver.ts";

function post(url: string, names: Names, { allowPrivate = true } = {}) {
  const client = openWebhookClient({ allowPrivate }, names);
  const request = { cacheName: "c", url, headers: {}, body: Buffer.from("{}") };
  return (timeoutMs = 5_000) => client.post({ ...request, timeoutMs });
}

const refused = {
  outcome: { kind: "refused", error: "the name resolves to an address that is not allowed" },
};
const accepted = { outcome: { kind: "answer", statusCode: 200 } };

test("connects to the address that it was given, and to no name", async () => {
  await using receiver = await startRawReceiver((socket) => socket.write(answerText("200 OK")));
  const names = namesWith(["127.0.0.1"]);
  expect(await post(`http://a.example:${receiver.port}/`, names)()).toMatchObject(accepted);
  expect(names.asked).toEqual(["a.example"]);
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
    expect(await post(url, namesWith(addresses), { allowPrivate })()).toMatchObject(refused);
    expect(receiver.connections).toEqual([]);
  },
);

test("knows the runtime API by its port, also behind a name", async () => {
  expect(await post("http://a.example:9001/", namesWith(["127.0.0.1"]))()).toMatchObject(refused);
});

test("checks a name anew for every connection", async () => {
  await using receiver = await startRawReceiver((socket) =>
    socket.end(answerText("200 OK", "", ["connection: close"])),
  );
  const names = namesWith(["127.0.0.1"], ["169.254.169.254"]);
  const again = post(`http://a.example:${receiver.port}/`, names);
  expect(await again()).toMatchObject(accepted);
  expect(await again()).toMatchObject(refused);
  expect(names.asked).toHaveLength(2);
  expect(receiver.connections).toHaveLength(1);
});

test("asks once for a connection, so that the address which was checked is the one connected to", async () => {
  await using receiver = await startRawReceiver((socket) => socket.write(answerText("200 OK")));
  const names = namesWith(["127.0.0.1"], ["169.254.169.254"]);
  expect(await post(`http://a.example:${receiver.port}/`, names)()).toMatchObject(accepted);
  expect(names.asked).toHaveLength(1);
});

test("counts a lookup that hangs into the deadline", async () => {
  const names = { addressesOf: () => new Promise<never>(() => {}) };
  const reply = await post("https://a.example/", names)(100);
  expect(reply.outcome).toEqual({
    kind: "unreachable",
    error: "no full answer within 0.1 s",
    isTimeout: true,
  });
});

test.each([
  [1_000, 500],
  [15_000, 5_000],
  [30_000, 5_000],
])(
  "looks names up for the webhook's cache, and of %i ms for at most %i",
  async (timeoutMs, lookupMs) => {
    const askers: Asker[] = [];
    const names: Names = {
      async addressesOf(_hostname, asker) {
        askers.push(asker);
        throw new DnsFailure("ENOTFOUND");
      },
    };
    await post("https://a.example/", names)(timeoutMs);
    expect(askers).toEqual([
      { cacheName: "c", timeoutMs: lookupMs, signal: expect.any(AbortSignal) },
    ]);
  },
);

test("tells a lookup when the deadline of its attempt is over", async () => {
  const ended = Promise.withResolvers<void>();
  const names: Names = {
    addressesOf: (_hostname, { signal }) => {
      signal?.addEventListener("abort", () => ended.resolve());
      return new Promise<never>(() => {});
    },
  };
  await post("https://a.example/", names)(100);
  await ended.promise;
});

test("posts nothing when the addresses come after the deadline", async () => {
  const found = Promise.withResolvers<void>();
  let lookups = 0;
  const names: Names = {
    async addressesOf() {
      lookups += 1;
      if (lookups === 1) await found.promise;
      return [{ address: "127.0.0.1", family: 4 }];
    },
  };
  await using receiver = await startRawReceiver((socket) => socket.write(answerText("200 OK")));
  const again = post(`http://a.example:${receiver.port}/`, names);
  expect(await again(150)).toMatchObject({ outcome: { kind: "unreachable" } });
  found.resolve();
  // A later post arrives: had the first been sent after all, it would have arrived before.
  expect(await again()).toMatchObject(accepted);
  expect(receiver.requestCount()).toBe(1);
});

test("says why a name has no address", async () => {
  const names = { addressesOf: () => Promise.reject(new DnsFailure("ENOTFOUND")) };
  expect(await post("https://a.example/", names)()).toMatchObject({
    outcome: { kind: "unreachable", error: "DNS: no such name" },
  });
});
