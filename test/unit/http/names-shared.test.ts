import type { LookupAddress } from "node:dns";
import { expect, onTestFinished, test } from "vitest";
import { openSharedLookups, openSystemLookup } from "../../../shared/http/dns/lookups.ts";
import { openNames } from "../../../shared/http/dns/names.ts";
import { eventually } from "../../support/eventually.ts";
import { type NameReply, startNameServer } from "../../support/network/name-server.ts";

const timeoutMs = 60_000;
const found: LookupAddress[] = [{ address: "192.0.2.1", family: 4 }];
const noSuchName: NameReply = { code: "noSuchName" };

async function settled(promise: Promise<unknown>): Promise<void> {
  await promise.catch(() => undefined);
}

/** A name server that answers a name when it is told to. */
async function toldServer() {
  const replies = new Map<string, PromiseWithResolvers<NameReply>>();
  const replyTo = (name: string) => {
    const reply = replies.get(name) ?? Promise.withResolvers<NameReply>();
    replies.set(name, reply);
    return reply;
  };
  const server = await startNameServer(async ({ name, type }) => {
    const reply = await replyTo(name).promise;
    return reply.code || type === "A" ? reply : {};
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return {
    servers: [server.address],
    /** Which names have been asked for, each with its families. */
    asked: () => server.asked.map(({ name }) => name),
    tell: (name: string, reply: NameReply = { addresses: ["192.0.2.1"] }) =>
      replyTo(name).resolve(reply),
  };
}

test("asks once for what several wait for, each for as long as it may", async () => {
  const server = await toldServer();
  const names = openNames({ allowPrivate: false, servers: server.servers });
  const ended = new AbortController();
  const patient = names.addressesOf("a.example", { cacheName: "c", timeoutMs });
  const hasty = names.addressesOf("a.example", { cacheName: "c", timeoutMs: 200 });
  const cut = names.addressesOf("a.example", { cacheName: "c", timeoutMs, signal: ended.signal });
  ended.abort(new Error("over"));
  await expect(cut).rejects.toThrow("over");
  await expect(hasty).rejects.toThrow("DNS: no answer within 0.2 s");
  server.tell("a.example");
  expect(await patient).toEqual(found);
  expect(server.asked()).toEqual(["a.example", "a.example"]);
});

test("calls the work off when the last has given up, and not before", async () => {
  const lookups = openSharedLookups<never>();
  const [first, last] = [new AbortController(), new AbortController()];
  const begun: AbortSignal[] = [];
  const join = ({ signal }: AbortController) =>
    settled(
      lookups.join("key", { timeoutMs, signal }, (work) => {
        begun.push(work);
        return new Promise(() => {});
      }),
    );
  const [ending, staying] = [join(first), join(last)];
  first.abort();
  await ending;
  expect(begun).toMatchObject([{ aborted: false }]);
  last.abort();
  await staying;
  expect(begun).toMatchObject([{ aborted: true }]);
});

test("asks anew once all have given up", async () => {
  const server = await toldServer();
  const names = openNames({ allowPrivate: false, servers: server.servers });
  const give = { cacheName: "c", timeoutMs: 100 };
  await expect(names.addressesOf("a.example", give)).rejects.toThrow("no answer");
  const again = names.addressesOf("a.example", { cacheName: "c", timeoutMs });
  await eventually(() => server.asked().length === 4);
  server.tell("a.example");
  expect(await again).toEqual(found);
});

test("lets a cache have 32 lookups under way, and others go on", async () => {
  const server = await toldServer();
  const names = openNames({ allowPrivate: false, servers: server.servers });
  const find = (name: string, cacheName: string) =>
    names.addressesOf(name, { cacheName, timeoutMs });
  const dead = Array.from({ length: 32 }, (_, n) => settled(find(`dead-${n}.example`, "greedy")));
  await eventually(() => server.asked().length === 64);

  const waiting = find("a.example", "greedy");
  server.tell("a.example");
  // The same name, asked for by another, waits for nobody's turn.
  expect(await find("a.example", "other")).toEqual(found);
  expect(server.asked().filter((name) => name === "a.example")).toHaveLength(2);

  server.tell("dead-7.example", noSuchName);
  expect(await waiting).toEqual(found);
  for (let n = 0; n < 32; n += 1) server.tell(`dead-${n}.example`, noSuchName);
  await Promise.all(dead);
});

test("counts the time-out of a lookup that waits from when it begins, and ends its wait at the deadline", async () => {
  const server = await toldServer();
  const names = openNames({ allowPrivate: false, servers: server.servers });
  const deadline = new AbortController();
  const dead = Array.from({ length: 32 }, (_, n) =>
    settled(names.addressesOf(`dead-${n}.example`, { cacheName: "c", timeoutMs })),
  );
  const outcomes: string[] = [];
  const first = names
    .addressesOf("first.example", { cacheName: "c", timeoutMs: 1, signal: deadline.signal })
    .catch((error: Error) => outcomes.push(error.message));
  const second = names.addressesOf("second.example", { cacheName: "c", timeoutMs });
  await eventually(() => server.asked().length === 64);
  expect(outcomes).toEqual([]);
  deadline.abort(new Error("over"));
  await first;
  expect(outcomes).toEqual(["over"]);
  // The place in the line of who has gone is nobody's.
  server.tell("dead-0.example", noSuchName);
  server.tell("second.example");
  expect(await second).toEqual(found);
  expect(server.asked()).not.toContain("first.example");
  for (let n = 0; n < 32; n += 1) server.tell(`dead-${n}.example`, noSuchName);
  await Promise.all(dead);
});

test("takes localhost for this machine without asking anybody", async () => {
  const names = openNames({ allowPrivate: true, servers: ["127.0.0.1:1"] });
  const loopback = [
    { address: "127.0.0.1", family: 4 },
    { address: "::1", family: 6 },
  ];
  for (const name of ["localhost", "LOCALHOST.", "a.localhost"]) {
    expect(await names.addressesOf(name, { cacheName: "c", timeoutMs })).toEqual(loopback);
  }
});

test.each<[string, boolean, NameReply, boolean]>([
  ["asks the system for a name that the name server does not know", true, noSuchName, true],
  ["asks it also for a name that has no address", true, {}, true],
  ["asks it also when the name server fails", true, { code: "failed" }, true],
  ["does not ask it where private destinations are refused", false, noSuchName, false],
])("%s", async (_, allowPrivate, reply, isAsked) => {
  const server = await toldServer();
  server.tell("printer", reply);
  const asked: string[] = [];
  const system = openSystemLookup(async (name) => {
    asked.push(name);
    return found;
  });
  const names = openNames({ allowPrivate, servers: server.servers, system });
  const outcome = names.addressesOf("printer", { cacheName: "c", timeoutMs });
  if (isAsked) expect(await outcome).toEqual(found);
  else await expect(outcome).rejects.toThrow("DNS: no such name");
  expect(asked).toEqual(isAsked ? ["printer"] : []);
});

test("does not ask the system for a name that gets no answer", async () => {
  const server = await toldServer();
  const asked: string[] = [];
  const system = openSystemLookup(async (name) => {
    asked.push(name);
    return found;
  });
  const names = openNames({ allowPrivate: true, servers: server.servers, system });
  const outcome = names.addressesOf("dead.example", { cacheName: "c", timeoutMs: 100 });
  await expect(outcome).rejects.toThrow("DNS: no answer within 0.1 s");
  expect(asked).toEqual([]);
});

test("says what the name server said when the system does not know either", async () => {
  const server = await toldServer();
  server.tell("printer", { code: "refused" });
  const system = openSystemLookup(() => Promise.reject(new Error("getaddrinfo ENOTFOUND printer")));
  const names = openNames({ allowPrivate: true, servers: server.servers, system });
  const outcome = names.addressesOf("printer", { cacheName: "c", timeoutMs });
  await expect(outcome).rejects.toThrow("DNS: the name server refused to answer");
});

test("finds what the hosts file knows", async () => {
  const system = openSystemLookup();
  expect(await system("localhost", AbortSignal.timeout(timeoutMs))).toContainEqual({
    address: "127.0.0.1",
    family: 4,
  });
});

test("asks the system for one name at a time, whoever has given up waiting", async () => {
  const answers = new Map<string, (addresses: LookupAddress[]) => void>();
  const system = openSystemLookup((name) => new Promise((resolve) => answers.set(name, resolve)));
  const [first, second] = [new AbortController(), new AbortController()];
  const asking = settled(system("first", first.signal));
  const waiting = settled(system("second", second.signal));
  const last = system("last", new AbortController().signal);
  first.abort();
  second.abort();
  await waiting;
  // The first cannot be called off: it keeps its thread.
  expect([...answers.keys()]).toEqual(["first"]);
  answers.get("first")?.(found);
  await asking;
  await eventually(() => answers.has("last"));
  expect([...answers.keys()]).toEqual(["first", "last"]);
  answers.get("last")?.(found);
  expect(await last).toEqual(found);
});
