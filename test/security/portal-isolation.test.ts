import { afterAll, expect, test } from "vitest";
import type { Permission } from "../../shared/contract/permission.ts";
import type { OperationId } from "../../shared/contract/routes.ts";
import { createSession, publish, putWebhook } from "../support/calls.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { type Api, api } from "../support/service/api.ts";
import { bodyFor, guarded, parametersIn, pathWith, routeOf } from "./requests.ts";
import { rowsAbout } from "./rows.ts";
import { startService } from "./service.ts";
import { settle } from "./tenant.ts";

type Params = Record<string, string>;

const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
const { root, url, readRows } = await startService();
const mine = await settle(root, receiver, "shared", { webhookName: "mine", topicName: "mine" });
/** In the same cache, below another topic: what no session of mine may see. */
const theirs = await settle(root, receiver, "shared", { webhookName: "hers", topicName: "hers" });
const elsewhere = await settle(root, receiver, "elsewhere");
const ours = { cacheName: "shared", webhookName: "ours", topicName: "$hookcast" };
const { webhookId: oursId } = await putWebhook(root, { ...ours, postUrl: receiver.url });

const description = "only-for-hers";
for (const event of ["same-event", "her.event"]) {
  const path = `/api/v1/event-types/hers/${event}`;
  const { status } = await root({ method: "PUT", path, body: { description } });
  if (status >= 300) throw new Error(`no event type was made: ${status}`);
}

const everything = ["read", "manage", "resend", "secret"] as const;
const permissionSets: Permission[][] = [
  ...everything.map((one): Permission[] => [one]),
  ["read", "manage"],
  ["read", "resend", "secret"],
  [...everything],
];
const wishes = permissionSets.flatMap((permissions) =>
  [["mine"], ["mine", "nothing"]].map((topics) => ({ permissions, topics })),
);
const session = async (wish: object) => api(url, (await createSession(root, "shared", wish)).token);
const sessions: [string, Api][] = [];
for (const wish of wishes) sessions.push([JSON.stringify(wish), await session(wish)]);
/** It sees every topic but those of the service. */
const wide = await session({ permissions: [...everything] });
const full = await session({ permissions: [...everything], topics: ["mine"] });

const hidden = [
  ...theirs.marks,
  ...theirs.ids,
  ...elsewhere.marks,
  ...elsewhere.ids,
  oursId,
  description,
];
const untouched = await rowsOfOthers();

async function rowsOfOthers() {
  const rows = await readRows();
  return [
    rowsAbout([...theirs.ids, "elsewhere", ...elsewhere.ids], rows),
    rowsAbout([oursId], rows),
  ];
}

const isOpen = (id: OperationId) => routeOf(id).portal === "open";
const open = guarded.filter(isOpen);
const closed = guarded.filter((id) => !isOpen(id));

async function call(by: Api, operationId: OperationId, params: Params, change: object = {}) {
  const { method, path } = routeOf(operationId);
  const body = bodyOf(operationId, { ...mine.params, webhookName: params.webhookName ?? "" });
  const sent = body && { body: { ...body, ...change } };
  return by({ method, path: pathWith(path, params), ...sent });
}

/** The contract's example, below my topic. */
function bodyOf(operationId: OperationId, params: Params) {
  const body = bodyFor(operationId, params);
  if (body && takesTopic.includes(operationId)) return { ...body, topicName: "mine" };
  return body;
}
const takesTopic: OperationId[] = ["putWebhook", "createWebhook"];

/** What names the same thing for everybody: the cache, and what means something only below a topic. */
const same = ["cacheName", "event", "document"];

/** Every mixture of my parameters and another's, in which at least one finds something of the other's. */
const attacks = open.flatMap((operationId) => {
  const names = parametersIn(routeOf(operationId).path).filter((name) => !same.includes(name));
  const mixtures = Array.from({ length: 2 ** names.length - 1 }, (_, n) =>
    names.filter((_, bit) => (n + 1) & (1 << bit)),
  );
  return mixtures.map((swapped) => [operationId, swapped] as const);
});

function assertHidden(answer: { body: unknown; headers: Headers }, sent: Params): void {
  const shown = JSON.stringify([answer.body, [...answer.headers]]);
  const known = Object.values(sent);
  for (const text of hidden.filter((one) => !known.includes(one)))
    expect(shown).not.toContain(text);
}

test.each(attacks)(
  "%s of another topic is closed to sessions of every kind, by %j, as if there were no such thing",
  async (operationId, swapped) => {
    const taken = (other: Params) => swapped.map((name) => [name, other[name] ?? ""]);
    for (const other of [theirs.params, elsewhere.params]) {
      const params = { ...mine.params, ...Object.fromEntries(taken(other)) };
      if (other === elsewhere.params && swapped.some((name) => /Name$/.test(name))) continue;
      const answer = await call(full, operationId, params);
      expect(answer.status).toBe(operationId === "putWebhook" ? 409 : 404);
      assertHidden(answer, params);
      for (const [wish, by] of sessions) {
        const { status, body, headers } = await call(by, operationId, params);
        expect([wish, [403, 404, 409].includes(status)]).toEqual([wish, true]);
        assertHidden({ body, headers }, params);
      }
    }
  },
);

test.each(open.filter((id) => routeOf(id).method === "GET"))(
  "%s of my own shows nothing of another topic or cache",
  async (operationId) => {
    for (const [wish, by] of sessions) {
      const answer = await call(by, operationId, mine.params);
      const may = wish.includes('"read"') ? 200 : 403;
      if (routeOf(operationId).permission === "read") expect(answer.status).toBe(may);
      assertHidden(answer, mine.params);
    }
    const all = await call(wide, operationId, mine.params);
    expect(JSON.stringify(all.body)).not.toContain(oursId);
    expect(JSON.stringify(all.body)).not.toContain('"elsewhere"');
  },
);

test.each(open.filter((id) => parametersIn(routeOf(id).path).includes("cacheName")))(
  "%s of another cache is forbidden",
  async (operationId) => {
    const params = { ...mine.params, cacheName: "elsewhere" };
    for (const by of [full, wide]) expect((await call(by, operationId, params)).status).toBe(403);
  },
);

test.each(closed)("%s is closed to every session", async (operationId) => {
  for (const by of [full, wide, ...sessions.map(([, one]) => one)]) {
    const { status, body } = await call(by, operationId, mine.params);
    expect([status, JSON.stringify(body)]).toEqual([403, expect.stringContaining("PERMISSION")]);
  }
});

test.each(takesTopic)("%s may name no topic but the session's", async (operationId) => {
  const id = { cacheName: "shared", webhookName: "new" };
  for (const topicName of ["hers", "default", "$hookcast"]) {
    const params = { ...mine.params, webhookName: "new" };
    const answer = await call(full, operationId, params, { id, topicName });
    expect([topicName, answer.status]).toEqual([topicName, 403]);
  }
  const ours = { id, topicName: "$hookcast" };
  const answer = await call(wide, operationId, { ...mine.params, webhookName: "new" }, ours);
  expect(answer.status).toBe(403);
  const moved = await call(full, operationId, mine.params, { topicName: undefined, id: undefined });
  expect([400, 403]).toContain(moved.status);
});

test("of a webhook that has come from another topic, the messages of that stay hidden", async () => {
  const names = { cacheName: "shared", webhookName: "moved" };
  const postUrl = receiver.url;
  const { webhookId } = await putWebhook(root, { ...names, topicName: "before", postUrl });
  const messageId = await publish(root, "shared", "before", { n: 1 });
  const deliveries = `/api/v1/Webhooks/${webhookId}/deliveries`;
  const shows = async (by: Api) => {
    const { body } = await by({ method: "GET", path: deliveries });
    return JSON.stringify(body).includes(messageId);
  };
  await expect.poll(() => shows(root), { timeout: 60_000 }).toBe(true);
  await putWebhook(root, { ...names, topicName: "mine", postUrl });
  expect([await shows(root), await shows(full)]).toEqual([true, false]);
  const one = { method: "GET", path: `${deliveries}/${messageId}` };
  expect([(await root(one)).status, (await full(one)).status]).toEqual([200, 404]);
  const retry = { method: "POST", path: `${deliveries}/${messageId}/retry` };
  expect((await full(retry)).status).toBe(404);
  const path = `/api/v1/caches/shared/messages/${messageId}/deliveries`;
  expect((await full({ method: "GET", path })).status).toBe(404);
  // The same the other way round: it is out of sight, and so is its log.
  await putWebhook(root, { ...names, topicName: "before", postUrl });
  expect((await full({ method: "GET", path: deliveries })).status).toBe(404);
  await root({ method: "DELETE", path: "/api/v1/caches/shared/webhooks/moved" });
  expect((await full({ method: "GET", path: deliveries })).status).toBe(404);
  expect((await root({ method: "GET", path: deliveries })).status).toBe(200);
});

test("nothing of others was changed", async () => {
  expect(await rowsOfOthers()).toEqual(untouched);
});
