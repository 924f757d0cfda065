import { lookup } from "node:dns/promises";
import { expect, onTestFinished, test } from "vitest";
import { openNames } from "../../../shared/http/dns/names.ts";
import { queryName } from "../../../shared/http/dns/query-name.ts";
import { eventually } from "../../support/eventually.ts";
import {
  type NameQuestion,
  type NameReply,
  startNameServer,
} from "../../support/network/name-server.ts";

type Reply = (question: NameQuestion) => NameReply | undefined;

/** Long enough for a busy machine, so that whatever ends before has not waited for it. */
const timeoutMs = 60_000;
const asker = { cacheName: "c", timeoutMs };

async function namesBehind(reply: Reply) {
  const server = await startNameServer(reply);
  onTestFinished(() => server[Symbol.asyncDispose]());
  let nowMs = 1_000_000;
  const names = openNames({ allowPrivate: false, servers: [server.address], now: () => nowMs });
  const find = (name: string) => names.addressesOf(name, asker);
  return { find, names, asked: server.asked, pass: (ms: number) => (nowMs += ms) };
}

const ipv4 = (...addresses: string[]) => addresses.map((address) => ({ address, family: 4 }));
const ipv6 = (...addresses: string[]) => addresses.map((address) => ({ address, family: 6 }));
const longIpv6 = "2606:2800:0220:0001:0000:0000:0000:0001";
const shortIpv6 = "2606:2800:220:1::1";

test("finds the addresses of both families, IPv4 first", async () => {
  const { find, asked } = await namesBehind(({ type }) =>
    type === "A" ? { addresses: ["192.0.2.1", "192.0.2.2"] } : { addresses: [longIpv6] },
  );
  expect(await find("A.example.")).toEqual([...ipv4("192.0.2.1", "192.0.2.2"), ...ipv6(shortIpv6)]);
  expect(asked.map(({ type }) => type).sort()).toEqual(["A", "AAAA"]);
});

test.each<[string, Reply, object[]]>([
  [
    "IPv6 is",
    ({ type }) => (type === "A" ? { addresses: ["192.0.2.1"] } : undefined),
    ipv4("192.0.2.1"),
  ],
  [
    "IPv4 is",
    ({ type }) => (type === "A" ? undefined : { addresses: [longIpv6] }),
    ipv6(shortIpv6),
  ],
])(
  "is content with one family when a server that is asked for %s silent",
  async (_, reply, found) => {
    const { find } = await namesBehind(reply);
    expect(await find("a.example")).toEqual(found);
  },
);

test.each<[string, Reply, object[]]>([
  [
    "says that there is no IPv6",
    ({ type }) => (type === "A" ? { addresses: ["192.0.2.1"] } : {}),
    ipv4("192.0.2.1"),
  ],
  [
    "fails for IPv4",
    ({ type }) => (type === "A" ? { code: "failed" } : { addresses: [longIpv6] }),
    ipv6(shortIpv6),
  ],
  [
    "knows no name when asked for IPv6",
    ({ type }) => (type === "A" ? { addresses: ["192.0.2.1"] } : { code: "noSuchName" }),
    ipv4("192.0.2.1"),
  ],
])("takes what there is from a server that %s", async (_, reply, found) => {
  const { find } = await namesBehind(reply);
  expect(await find("a.example")).toEqual(found);
});

test.each<[string, Reply]>([
  ["DNS: no such name", () => ({ code: "noSuchName" })],
  ["DNS: the name has no address", () => ({})],
  ["DNS: the name server failed", ({ type }) => (type === "A" ? {} : { code: "failed" })],
  ["DNS: the name server refused to answer", () => ({ code: "refused" })],
])("says: %s", async (message, reply) => {
  const { find } = await namesBehind(reply);
  await expect(find("a.example")).rejects.toMatchObject({ message, isTimeout: false });
});

test("says that a name is not valid, and that a name server cannot be reached", async () => {
  const names = openNames({ allowPrivate: false, servers: ["127.0.0.1:1"] });
  const unreachable = { message: "DNS: the name server cannot be reached" };
  await expect(names.addressesOf("a.example", asker)).rejects.toMatchObject(unreachable);
  const invalid = { message: "DNS: the name is not valid" };
  await expect(names.addressesOf(`${"a".repeat(64)}.example`, asker)).rejects.toMatchObject(
    invalid,
  );
});

test("gives up a server that is silent", async () => {
  const { names } = await namesBehind(() => undefined);
  const outcome = names.addressesOf("a.example", { cacheName: "c", timeoutMs: 100 });
  await expect(outcome).rejects.toMatchObject({
    message: "DNS: no answer within 0.1 s",
    isTimeout: true,
  });
});

test("calls a query off, so that c-ares asks no more", async () => {
  await using server = await startNameServer(() => undefined);
  const ended = new AbortController();
  const outcome = queryName("a.example", ended.signal, [server.address]).catch((error) => error);
  await eventually(() => server.asked.length === 2);
  ended.abort();
  expect(await outcome).toMatchObject({ code: "ECANCELLED" });
});

test("finds names, and leaves the pool to others, while eight get no answer", async () => {
  const { names } = await namesBehind(({ name, type }) => {
    if (name.startsWith("dead")) return undefined;
    return type === "A" ? { addresses: ["192.0.2.1"] } : {};
  });
  const deadline = new AbortController();
  const ended: string[] = [];
  const dead = Array.from({ length: 8 }, async (_, n) => {
    const name = `dead-${n}.example`;
    const patience = { ...asker, signal: deadline.signal };
    await names.addressesOf(name, patience).catch(() => ended.push(name));
  });
  expect(await names.addressesOf("a.example", asker)).toEqual(ipv4("192.0.2.1"));
  // What the SDK of AWS calls: it needs a thread of the pool.
  expect(await lookup("127.0.0.1")).toEqual({ address: "127.0.0.1", family: 4 });
  expect(await lookup("localhost")).toMatchObject({ address: expect.any(String) });
  expect(ended).toEqual([]);
  deadline.abort();
  await Promise.all(dead);
  expect(ended).toHaveLength(8);
});

test.each([
  [0, 5],
  [30, 30],
  [86_400, 60],
])("keeps an answer that holds for %i seconds for %i", async (ttlSeconds, seconds) => {
  const { find, asked, pass } = await namesBehind(({ type }) =>
    type === "A" ? { addresses: ["192.0.2.1"], ttlSeconds } : {},
  );
  await find("a.example");
  pass(seconds * 1000 - 1);
  expect(await find("a.example")).toEqual(ipv4("192.0.2.1"));
  expect(asked).toHaveLength(2);
  pass(1);
  await find("a.example");
  expect(asked).toHaveLength(4);
});

test("keeps for five seconds that there is nothing, and not at all that a server failed", async () => {
  const { find, asked, pass } = await namesBehind(({ name }) => ({
    code: name === "a.example" ? "noSuchName" : "refused",
  }));
  const look = async (name: string) => {
    const before = asked.length;
    await find(name).catch(() => undefined);
    return asked.length > before;
  };
  expect(await look("a.example")).toBe(true);
  pass(4_999);
  expect(await look("a.example")).toBe(false);
  pass(1);
  expect(await look("a.example")).toBe(true);
  expect(await look("b.example")).toBe(true);
  expect(await look("b.example")).toBe(true);
});

test("asks anew when the clock has jumped back", async () => {
  const { find, asked, pass } = await namesBehind(({ type }) =>
    type === "A" ? { addresses: ["192.0.2.1"], ttlSeconds: 60 } : {},
  );
  await find("a.example");
  pass(-1);
  await find("a.example");
  expect(asked).toHaveLength(4);
});

test("keeps a thousand names, and of a name sixteen addresses of a family", async () => {
  const addresses = Array.from({ length: 25 }, (_, n) => `192.0.2.${n}`);
  const { find, asked } = await namesBehind(({ type }) => (type === "A" ? { addresses } : {}));
  expect(await find("first.example")).toEqual(ipv4(...addresses.slice(0, 16)));
  for (let n = 1; n < 1_000; n += 1) await find(`${n}.example`);
  await find("first.example");
  expect(asked).toHaveLength(2_000);
  await find("one-more.example");
  await find("first.example");
  expect(asked).toHaveLength(2_002);
  await find("1.example");
  expect(asked).toHaveLength(2_004);
});
