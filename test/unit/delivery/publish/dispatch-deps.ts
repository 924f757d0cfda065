import { randomBytes } from "node:crypto";
import type { FanOutJob } from "../../../../shared/contract/jobs.ts";
import type { PublishDeps } from "../../../../shared/delivery/publish/entrance-deps.ts";
import type { Subscription } from "../../../../shared/domain/webhooks/webhook-record.ts";
import { realTimers } from "../../../../shared/runtime/timers.ts";
import type { KeptMessage } from "../../../../shared/store/messages/message-store.ts";
import type { Subscribers } from "../../../../shared/store/webhooks/webhook-store.ts";
import { publishedTimeMs } from "../../samples.ts";
import { suspensionsOf } from "../suspensions.ts";
import { rulesWith } from "./event-types.ts";

export function subscriptionWith(changes: Partial<Subscription> = {}): Subscription {
  return {
    webhookId: "whk_01JDB2Q5V8K3M4N6P7R8S9TAVW",
    webhookName: "billing",
    productId: null,
    events: [],
    status: "active",
    ...changes,
  };
}

/** Subscribers `a`, `b`, `c` …, each with an id of its own. */
export function subscriptions(count: number): Subscription[] {
  return Array.from({ length: count }, (_, index) =>
    subscriptionWith({
      webhookId: `whk_01JDB2Q5V8K3M4N6P7R8${String(index).padStart(6, "0")}`,
      webhookName: String.fromCharCode(97 + index),
    }),
  );
}

export function subscribersOf(
  all: Subscription[],
  changes: Partial<Subscribers> = {},
): Subscribers {
  return { subscriptions: all, numbered: false, last: undefined, ...changes };
}

/** Dependencies of a publish that keep to memory, and what was done with them. */
export function dispatchDeps(subscribers: Subscribers, changes: Partial<PublishDeps> = {}) {
  const trace = {
    stored: [] as KeptMessage[],
    jobs: [] as Parameters<PublishDeps["deliveries"]["send"]>[0][number][],
    fanOutJobs: [] as FanOutJob[],
    order: [] as string[],
  };
  const deps: PublishDeps = {
    suspensions: suspensionsOf(),
    messages: {
      async putAll(messages) {
        trace.stored.push(...messages);
        trace.order.push("store");
      },
      nextNumbers: async () => 7,
    },
    webhooks: { subscribers: async () => subscribers },
    deliveries: {
      async send(jobs) {
        trace.jobs.push(...jobs);
        trace.order.push("send");
        return [];
      },
    },
    fanOut: {
      async send(jobs) {
        trace.fanOutJobs.push(...jobs);
        return [];
      },
    },
    claims: {
      claim: async () => undefined,
      find: async () => undefined,
      async markSent() {
        trace.order.push("mark");
      },
    },
    typeRules: rulesWith({}),
    quota: { take: async () => {} },
    hopQuota: { take: async () => {} },
    tracing: false,
    retentionDays: 30,
    now: () => publishedTimeMs,
    // No test waits for a twin in real time.
    timers: { ...realTimers, wait: async () => {} },
    randomBytes,
    ...changes,
  };
  return { deps, trace };
}
