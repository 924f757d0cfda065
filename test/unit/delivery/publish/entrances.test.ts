import { expect, test } from "vitest";
import { publish } from "../../../../functions/http/messages/publish.ts";
import { publishBatch } from "../../../../functions/http/messages/publish-batch.ts";
import { MemoryOutbox } from "../../../../ops/simulate/memory/memory-outbox.ts";
import { routes } from "../../../../shared/contract/routes.ts";
import { ingestRecords } from "../../../../shared/delivery/ingest/ingest-records.ts";
import { acceptRows } from "../../../../shared/delivery/outbox/accept-rows.ts";
import type { PublishDeps } from "../../../../shared/delivery/publish/entrance-deps.ts";
import { AppError } from "../../../../shared/domain/app-error.ts";
import type { RefusedBody } from "../../../../shared/queue/ingest-dead-letters.ts";
import { callerContext } from "../../../../shared/runtime/caller.ts";
import { endpoint } from "../../../../shared/runtime/endpoint.ts";
import { answerFromUrl } from "../../../../shared/runtime/function-url.ts";
import { readRequest } from "../../../../shared/runtime/request.ts";
import type { Claim } from "../../../../shared/store/messages/idempotency-store.ts";
import { callerWith, context, httpEvent } from "../../functions/http-event.ts";
import { catchMetrics } from "../../metric-lines.ts";
import { suspensionsOf } from "../suspensions.ts";
import { dispatchDeps, subscribersOf, subscriptions } from "./dispatch-deps.ts";
import { rulesWith, typeWith } from "./event-types.ts";

const metrics = catchMetrics();

interface Asked {
  readonly topicName: string;
  readonly hops: number;
  readonly text: string;
  readonly idempotencyKey?: string;
  readonly event?: string;
}

/** What comes of it: `accepted`, or the code of the refusal. */
type Entrance = (asked: Asked, deps: PublishDeps) => Promise<string>;

const cacheName = "orders";

async function codeOf(call: () => Promise<string>): Promise<string> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const entrances: Record<string, Entrance> = {
  publish: ({ topicName, hops, text, idempotencyKey, event: name }, deps) =>
    codeOf(async () => {
      const headers = {
        "content-type": "text/plain",
        "webhook-hops": String(hops),
        ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
      };
      const params = { cacheName, topicName };
      const query = name === undefined ? undefined : { event: name };
      const event = httpEvent({ params, ...(query && { query }), headers, body: text });
      await publish(readRequest(routes.publish, event), deps);
      return "accepted";
    }),
  publishBatch: ({ topicName, hops, text, idempotencyKey, event: name }, deps) =>
    codeOf(async () => {
      const body = { messages: [{ text, idempotencyKey, event: name }] };
      const headers = { "webhook-hops": String(hops) };
      const event = httpEvent({ params: { cacheName, topicName }, headers, body });
      const { results } = await publishBatch(readRequest(routes.publishBatch, event), deps);
      const [result] = results;
      return result && "error" in result ? result.error.code : "accepted";
    }),
  "the publish URL": ({ topicName, hops, text, idempotencyKey, event }, deps) =>
    byPublishUrl(`topics/${topicName}`, {
      ...(event !== undefined && { query: { event } }),
      headers: {
        "content-type": "text/plain",
        "webhook-hops": String(hops),
        ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
      },
      body: text,
      deps,
    }),
  "a batch by the publish URL": ({ topicName, hops, text, idempotencyKey, event }, deps) =>
    byPublishUrl(`topics/${topicName}/batch`, {
      headers: { "webhook-hops": String(hops) },
      body: { messages: [{ text, idempotencyKey, event }] },
      deps,
    }),
  ingest: (asked, deps) =>
    codeOf(async () => {
      const dead: RefusedBody[] = [];
      const send = async (_: string, bodies: readonly RefusedBody[]) => void dead.push(...bodies);
      const identity = { queueArn: "arn:aws:sqs:eu:1:q", sqsMessageId: "a", sentTimeMs: 1 };
      const body = JSON.stringify({ cacheName, ...asked });
      const record = { source: { queue: "q" }, identity, body, receiveCount: 1 };
      const [result] = await ingestRecords([record], { ...deps, deadLetters: { send } });
      if (result?.status === "rejected") throw result.reason;
      return dead[0]?.reason.split(":")[0] ?? "accepted";
    }),
  outbox: (asked, deps) => codeOf(() => throughOutbox(asked, { ...deps, now: Date.now })),
};

/** The handlers are those of the two operations, around these deps. */
async function byPublishUrl(
  path: string,
  { deps, ...request }: Parameters<typeof httpEvent>[0] & { deps: PublishDeps },
): Promise<string> {
  const hosted = [
    { route: routes.publish, handler: endpoint(routes.publish, publish, () => deps) },
    {
      route: routes.publishBatch,
      handler: endpoint(routes.publishBatch, publishBatch, () => deps),
    },
  ];
  const { requestContext, ...event } = httpEvent(request);
  const http = { ...requestContext.http, method: "POST" };
  const identify = async () =>
    ({ isAuthorized: true, context: callerContext(callerWith()) }) as const;
  const { body } = await answerFromUrl(
    {
      ...event,
      headers: { ...event.headers, authorization: "Bearer key" },
      rawPath: `/api/v1/caches/${cacheName}/${path}`,
      requestContext: { ...requestContext, http },
    },
    context,
    { hosted, identify },
  );
  const { error, response } = JSON.parse(body ?? "");
  return error?.code ?? response.results?.[0]?.error?.code ?? "accepted";
}

/** What comes of a row: whether it is gone, or stays with its reason, or simply stays. */
async function throughOutbox({ text, ...asked }: Asked, deps: PublishDeps): Promise<string> {
  const outbox = new MemoryOutbox();
  outbox.put({ id: "a", time: new Date().toISOString(), cacheName, text, ...asked });
  const failure = await acceptRows(["a"], { ...deps, outbox });
  if (failure) throw failure;
  return outbox.reasons().a?.split(":")[0] ?? (outbox.items.size === 0 ? "accepted" : "left");
}

const usedUp = {
  async take() {
    throw new AppError("LIMIT_EXCEEDED_ERROR", "used up");
  },
};
const otherClaim = { messageId: "msg_01", requestHash: "another", sent: true };

function claimsInMemory(): PublishDeps["claims"] {
  const claims = new Map<string, Claim>();
  return {
    async claim({ idempotencyKey, messageId, requestHash }) {
      const earlier = claims.get(idempotencyKey);
      if (!earlier) claims.set(idempotencyKey, { messageId, requestHash, sent: true });
      return earlier;
    },
    find: async ({ idempotencyKey }) => claims.get(idempotencyKey),
    async markSent() {},
  };
}

interface Rule {
  readonly asked?: Partial<Asked>;
  readonly deps?: Partial<PublishDeps>;
  readonly code: string;
}

const rules: Record<string, Rule> = {
  "what keeps to the rules is accepted": { code: "accepted" },
  "the service's own topics are its own": {
    asked: { topicName: "$hookcast" },
    code: "INVALID_ARGUMENT_ERROR",
  },
  "a cache that an operator stopped takes nothing": {
    deps: { suspensions: suspensionsOf(cacheName) },
    code: "FAILED_PRECONDITION_ERROR",
  },
  "a quota is a quota": { deps: { quota: usedUp }, code: "LIMIT_EXCEEDED_ERROR" },
  "what was forwarded too often is a loop": {
    asked: { hops: 5 },
    code: "FAILED_PRECONDITION_ERROR",
  },
  "forwarded messages have a budget": {
    asked: { hops: 1 },
    deps: { hopQuota: usedUp },
    code: "LIMIT_EXCEEDED_ERROR",
  },
  "a value has a greatest length": {
    asked: { text: "x".repeat(262_145) },
    code: "PAYLOAD_TOO_LARGE_ERROR",
  },
  "a key stands for one message": {
    asked: { idempotencyKey: "k" },
    deps: {
      claims: { claim: async () => otherClaim, find: async () => otherClaim, async markSent() {} },
    },
    code: "ALREADY_EXISTS_ERROR",
  },
  "an unknown event is as good as any": { asked: { event: "made.up" }, code: "accepted" },
  "an unknown event is refused where the deployment says so": {
    asked: { event: "made.up" },
    deps: { typeRules: rulesWith({}, "refuse") },
    code: "INVALID_ARGUMENT_ERROR",
  },
  "a known event is accepted there": {
    asked: { event: "known" },
    deps: { typeRules: rulesWith({ known: { check: undefined } }, "refuse") },
    code: "accepted",
  },
  "a message without an event is of no type": {
    deps: { typeRules: rulesWith({}, "refuse") },
    code: "accepted",
  },
  "a type that enforces its schema refuses what it does not accept": {
    asked: { event: "known" },
    deps: { typeRules: rulesWith({ known: typeWith({ type: "object" }, "enforce") }) },
    code: "INVALID_ARGUMENT_ERROR",
  },
  "a type that only warns accepts it": {
    asked: { event: "known" },
    deps: { typeRules: rulesWith({ known: typeWith({ type: "object" }, "warn") }) },
    code: "accepted",
  },
  "what the queues refuse is not accepted": {
    deps: { deliveries: { send: async (jobs) => [...jobs] } },
    code: "SERVER_UNAVAILABLE",
  },
};

const table = Object.entries(rules).flatMap(([rule, facts]) =>
  Object.keys(entrances).map((entrance) => [rule, entrance, facts] as const),
);

test.each(table)("%s, whichever the entrance: %s", async (_rule, name, { asked, deps, code }) => {
  const { deps: usual, trace } = dispatchDeps(subscribersOf(subscriptions(1)));
  const entry = { topicName: "paid", hops: 0, text: "x", ...asked };
  expect(await entrances[name]?.(entry, { ...usual, ...deps })).toBe(code);
  expect(trace.jobs).toHaveLength(code === "accepted" ? 1 : 0);
});

test.each(Object.keys(entrances))(
  "%s answers a repeat as before, and refuses another message, once the type has changed",
  async (name) => {
    const claims = claimsInMemory();
    const { deps: usual, trace } = dispatchDeps(subscribersOf(subscriptions(1)), { claims });
    const asked = { topicName: "paid", hops: 0, text: "x", event: "known", idempotencyKey: "k" };
    const typeRules = rulesWith({ known: typeWith({ type: "object" }, "enforce") });
    const changed = { ...usual, typeRules };
    const enter = entrances[name];
    expect(await enter?.(asked, usual)).toBe("accepted");
    expect(await enter?.(asked, changed)).toBe("accepted");
    expect(trace.jobs).toHaveLength(1);
    expect(await enter?.({ ...asked, text: "y" }, changed)).toBe("INVALID_ARGUMENT_ERROR");
    expect(await enter?.({ ...asked, idempotencyKey: "new" }, changed)).toBe(
      "INVALID_ARGUMENT_ERROR",
    );
  },
);

test.each(Object.keys(entrances))("%s counts what it accepts", async (name) => {
  const { deps } = dispatchDeps(subscribersOf(subscriptions(1)));
  await entrances[name]?.({ topicName: "paid", hops: 0, text: "x" }, deps);
  expect(metrics.flush()).toEqual({ Accepted: [1] });
});
