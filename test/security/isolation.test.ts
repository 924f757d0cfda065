import { afterAll, expect, test } from "vitest";
import * as z from "zod/mini";
import type { OperationId } from "../../shared/contract/routes.ts";
import { publish } from "../support/calls.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/network/receiver.ts";
import { bodyFor, guarded, parametersIn, pathWith, queryNames, routeOf } from "./requests.ts";
import { rowsAbout } from "./rows.ts";
import { startService } from "./service.ts";
import { references, settle } from "./tenant.ts";

type Params = Record<string, string>;

const receiver = await startReceiver();
afterAll(() => receiver[Symbol.asyncDispose]());
const service = await startService();
const { root } = service;
const mine = await settle(root, receiver, "mine");
const theirs = await settle(root, receiver, "theirs");
const theirRows = async () => rowsAbout(["theirs", ...theirs.ids], await service.readRows());
const untouched = await theirRows();
const me = await service.caller({ caches: ["mine"] });

/** Ids of the right kind that nobody was ever given. */
const nobody = {
  cacheName: "theirs-too",
  webhookId: "whk_01JDZ4V9T2M6Q8R5W3X7Y1B0CN",
  messageId: "msg_01JDZ4W3K8H5N2P7Q9R4S6T1VX",
  jobId: "job_01JDZ4W3K8H5N2P7Q9R4S6T1VX",
  sessionId: "ses_01JDZ4W3K8H5N2P7Q9R4S6T1VX",
};

interface Call {
  params: Params;
  query?: Record<string, string>;
  body?: Record<string, unknown> | undefined;
}

/** Calls with a key of my cache alone; whatever the answer is, it shows nothing of theirs. */
async function attempt(operationId: OperationId, { params, query = {}, body }: Call) {
  const { method, path } = routeOf(operationId);
  const target = `${pathWith(path, params)}?${new URLSearchParams(query)}`;
  const answer = await me({ method, path: target, ...(body && { body }) });
  const shown = JSON.stringify([answer.body, [...answer.headers]]);
  for (const mark of theirs.marks) expect(shown).not.toContain(mark);
  return answer;
}

/** Every mixture of my parameters and theirs in which at least one of theirs finds something. */
function mixtures(operationId: OperationId): string[][] {
  const used = parametersIn(routeOf(operationId).path).filter((name) => references.includes(name));
  const selections = Array.from({ length: 2 ** used.length - 1 }, (_, n) => n + 1);
  return selections.map((selection) => used.filter((_, bit) => selection & (1 << bit)));
}

function mixed(swapped: string[], other: Params): Params {
  const taken = swapped.map((name) => [name, other[name] ?? ""]);
  return { ...mine.params, ...Object.fromEntries(taken) };
}

/** An answer without what its caller had sent. */
function comparable(answer: { status: number; body: unknown }, sent: Params) {
  const ids = references.flatMap((name) => sent[name] ?? []);
  const text = ids.reduce((rest, id) => rest.replaceAll(id, "…"), JSON.stringify(answer.body));
  return { status: answer.status, text };
}

const attacks = guarded.flatMap((operationId) =>
  mixtures(operationId).map((swapped) => [operationId, swapped] as const),
);

// What needs a key of all caches need not name any. The catalogue is the same for every cache, and holds nothing of one.
const tenants = guarded.filter(
  (operationId) =>
    !routeOf(operationId).needsAllCaches && routeOf(operationId).tag !== "eventTypes",
);
/** What is about every cache of the key. */
const collections = tenants.filter((operationId) => mixtures(operationId).length === 0);

test("every operation is about something of a cache, by parameters that are known here, or about all caches", () => {
  const attacked = new Set(attacks.map(([operationId]) => operationId));
  expect(tenants.filter((operationId) => !attacked.has(operationId))).toEqual(collections);
  // Without a path to attack, an answer or a body is attacked.
  const named = collections.filter((operationId) => !withJson.includes(operationId));
  expect(named.filter((operationId) => routeOf(operationId).method !== "GET")).toEqual([]);
  for (const operationId of guarded) {
    expect(() => pathWith(routeOf(operationId).path, mine.params)).not.toThrow();
  }
});

test.each(attacks)(
  "%s is closed to a key of another cache, by %j in the path, as if there were no such thing",
  async (operationId, swapped) => {
    const body = bodyFor(operationId, mine.params);
    const answer = await attempt(operationId, { params: mixed(swapped, theirs.params), body });
    expect(answer.status).toBe(swapped.includes("cacheName") ? 403 : 404);

    const never = await attempt(operationId, { params: mixed(swapped, nobody), body });
    expect(comparable(never, nobody)).toEqual(comparable(answer, theirs.params));
  },
);

test.each(collections.filter((operationId) => routeOf(operationId).method === "GET"))(
  "%s shows nothing of a cache that the key does not cover",
  async (operationId) => {
    const { method, path } = routeOf(operationId);
    const everything = JSON.stringify((await root({ method, path })).body);
    const answer = await attempt(operationId, { params: mine.params });
    expect(answer.status).toBe(200);
    const shown = JSON.stringify(answer.body);
    for (const text of ["theirs", ...theirs.ids]) {
      expect(shown).not.toContain(JSON.stringify(text));
    }
    // Of whatever is about caches, a key of all of them sees theirs.
    expect(everything).toContain('"theirs"');
    expect(shown).toContain('"mine"');
  },
);

test.each(collections.filter((operationId) => queryNames(operationId).includes("cacheName")))(
  "%s of another cache is forbidden, whether or not there is one",
  async (operationId) => {
    for (const cacheName of ["theirs", nobody.cacheName]) {
      const answer = await attempt(operationId, { params: mine.params, query: { cacheName } });
      expect(answer.status).toBe(403);
    }
  },
);

const Page = z.object({ response: z.object({ nextCursor: z.string() }) });
const lists = tenants.filter((operationId) => queryNames(operationId).includes("cursor"));

test.each(lists)(
  "%s does not go on where a cursor of another cache points",
  async (operationId) => {
    const { method, path } = routeOf(operationId);
    const first = await root({ method, path: `${pathWith(path, theirs.params)}?limit=1` });
    const query = { cursor: z.parse(Page, first.body).response.nextCursor };

    expect((await attempt(operationId, { params: mine.params, query })).status).toBe(400);
    const inTheirs = await attempt(operationId, { params: theirs.params, query });
    const refusal = path.includes("{cacheName}") ? 403 : 404;
    expect(inTheirs.status).toBe(collections.includes(operationId) ? 400 : refusal);
  },
);

const withJson = guarded.filter((operationId) => {
  const { body, needsAllCaches } = routeOf(operationId);
  return body !== undefined && body !== "bytes" && !needsAllCaches;
});
const smuggled: Record<string, unknown>[] = [
  ...references.map((name) => ({ [name]: theirs.params[name] ?? "theirs" })),
  { id: { cacheName: "theirs", webhookName: theirs.params.webhookName } },
];

test.each(withJson)("%s lets no body speak for another cache", async (operationId) => {
  for (const field of smuggled) {
    const body = { ...bodyFor(operationId, mine.params), ...field };
    const answer = await attempt(operationId, { params: mine.params, body });
    // Where no path names the cache, the body does, and the key is held against that.
    const status = collections.includes(operationId) && "id" in field ? 403 : 400;
    expect([field, answer.status]).toEqual([field, status]);
  }
});

test.each(guarded)("%s lets no query speak for another cache", async (operationId) => {
  const query = Object.fromEntries(
    references.map((name) => [name, theirs.params[name] ?? "theirs"]),
  );
  // Nothing of my own: it would be changed, and is still needed.
  const params = { ...mine.params, ...nobody, cacheName: "mine", webhookName: "nothing" };
  const body = bodyFor(operationId, params);
  expect((await attempt(operationId, { params, query, body })).status).toBeLessThan(500);
});

test("nothing of theirs was changed, and nobody posted to their receiver", async () => {
  expect(await theirRows()).toEqual(untouched);
  const postsBefore = receiver.deliveries.filter(({ path }) => path === theirs.path).length;
  const last = await publish(root, "theirs", theirs.params.topicName ?? "", { mark: "last" });
  await eventually(() => receiver.find(theirs.path, last));
  const posts = receiver.deliveries.filter(({ path }) => path === theirs.path);
  expect(posts).toHaveLength(postsBefore + 1);
});
