import { createHook } from "node:async_hooks";
import { isIPv6 } from "node:net";
import { afterAll, expect, test } from "vitest";
import type { Names } from "../../shared/http/dns/names.ts";
import { openWebhookClient } from "../../shared/http/webhook-client.ts";
import { answerText, startRawReceiver } from "../unit/http/raw-receiver.ts";
import { specialIpv4, specialIpv6, spellings, wrappings } from "./special-addresses.ts";

let connections = 0;
/** Node makes one of these whenever it asks the system for a connection, with TLS or without. */
const hook = createHook({
  init(_id, type) {
    if (type === "TCPCONNECTWRAP") connections += 1;
  },
}).enable();
afterAll(() => hook.disable());

/** Names that have these addresses in turn, again and again. */
function answering(...answers: string[][]): Names {
  let asked = 0;
  return {
    async addressesOf() {
      const addresses = answers[asked++ % answers.length] ?? [];
      return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    },
  };
}

function poster({ allowPrivate = false, names = answering([]) } = {}) {
  const client = openWebhookClient({ allowPrivate }, names);
  return async (url: string) => {
    const reply = await client.post({
      cacheName: "c",
      url,
      headers: {},
      body: Buffer.from("{}"),
      timeoutMs: 5_000,
    });
    return reply.outcome;
  };
}

/** What the outcome was and how many connections it took. */
async function counted<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = connections;
  return [await work(), connections - before];
}

const ranges = Object.entries({ ...specialIpv4, ...specialIpv6 });
const refused = expect.objectContaining({ kind: "refused" });

/** That a POST to this host, which resolves to these addresses, is refused before any connection. */
async function expectNoConnection(host: string, addresses: string[] = []): Promise<void> {
  const post = poster({ names: answering(addresses) });
  const counts = await counted(() => post(`https://${host}/`));
  expect([host, addresses, ...counts]).toEqual([host, addresses, refused, 0]);
}

test("a connection that is made is counted", async () => {
  await using receiver = await startRawReceiver((socket) => socket.end(answerText("200 OK")));
  const post = poster({ allowPrivate: true });
  const url = `http://127.0.0.1:${receiver.port}/`;
  expect(await counted(() => post(url))).toEqual([expect.objectContaining({ kind: "answer" }), 1]);
});

test.each(ranges)(
  "nothing is connected to in %s, as a literal or behind a name",
  async (_, ends) => {
    for (const address of ends) {
      const literal = isIPv6(address) ? `[${address}]` : address;
      await expectNoConnection(literal);
      await expectNoConnection("a.example", [address]);
    }
  },
);

test.each(Object.entries(specialIpv4))(
  "no spelling of %s leads to a connection",
  async (_, ends) => {
    for (const host of ends.flatMap(spellings)) {
      await expectNoConnection(host);
    }
  },
);

test.each(Object.entries(specialIpv4))(
  "no wrapping of %s in IPv6 leads to a connection",
  async (_, ends) => {
    for (const address of ends.flatMap(wrappings)) {
      await expectNoConnection(`[${address}]`);
      await expectNoConnection("a.example", [address]);
    }
  },
);

test.each([
  "localhost",
  "LOCALHOST",
  "LocalHost.",
  "ｌｏｃａｌｈｏｓｔ",
  "xn--localhost-",
  "a.localhost",
  "metadata.google.internal",
  "Metadata.Google.Internal.",
  "xn--bcher-kva.internal",
  "printer.LOCAL",
])("the name %s is not even resolved to a connection", async (host) => {
  // Whatever it resolves to: for the one spelling that is no blocked name, to the metadata service.
  await expectNoConnection(host, ["169.254.169.254"]);
});

test.each([
  ["first", ["169.254.169.254", "93.184.216.34"]],
  ["last", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:10.0.0.1"]],
])(
  "a name with one bad address among good ones is refused whole: the bad one %s",
  async (_, addresses) => {
    await expectNoConnection("a.example", addresses);
  },
);

test("a resolver that changes its mind gains nothing: each connection goes where it was checked to go", async () => {
  await using receiver = await startRawReceiver((socket) =>
    socket.end(answerText("200 OK", "", ["connection: close"])),
  );
  const names = answering(["127.0.0.1"], ["169.254.169.254"], ["127.0.0.1", "fd00:ec2::254"]);
  const post = poster({ allowPrivate: true, names });
  for (let round = 0; round < 5; round += 1) {
    const outcomes: [string, number][] = [];
    for (let n = 0; n < 3; n += 1) {
      const [{ kind }, made] = await counted(() => post(`http://a.example:${receiver.port}/`));
      outcomes.push([kind, made]);
    }
    expect(outcomes).toEqual([
      ["answer", 1],
      ["refused", 0],
      ["refused", 0],
    ]);
  }
  expect(receiver.connections).toHaveLength(5);
});

test.each([
  "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
  "http://localhost:9001/2018-06-01/runtime/invocation/next",
  "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
  "http://[fd00:ec2::254]/latest/meta-data/",
  "http://169.254.170.2/v2/credentials",
  "//169.254.169.254/",
])("a redirect to %s leads nowhere", async (location) => {
  for (const status of ["301 Moved", "302 Found", "303 See Other", "307 Again", "308 For Good"]) {
    await using receiver = await startRawReceiver((socket) =>
      socket.end(answerText(status, "", [`location: ${location}`, "connection: close"])),
    );
    const post = poster({ allowPrivate: true });
    const [outcome, made] = await counted(() => post(`http://127.0.0.1:${receiver.port}/`));
    expect(outcome).toMatchObject({ kind: "answer", statusCode: Number.parseInt(status, 10) });
    expect(made).toBe(1);
  }
});

test.each([
  ["http://127.0.0.1:9001/", []],
  ["http://0.0.0.0:9001/", []],
  ["http://[::1]:9001/", []],
  ["http://a.example:9001/", ["127.0.0.1"]],
  ["http://a.example:9001/", ["::1"]],
  ["http://169.254.169.254/", []],
  ["http://a.example/", ["169.254.170.2"]],
  ["http://a.example/", ["fd00:ec2::254"]],
])(
  "the platform's own %s is out of reach even where private destinations are allowed",
  async (url, addresses) => {
    const post = poster({ allowPrivate: true, names: answering(addresses) });
    expect(await counted(() => post(url))).toEqual([refused, 0]);
  },
);
