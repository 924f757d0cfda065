import type { DeliveryJob } from "../../../shared/contract/jobs.ts";
import type { DeliverDeps } from "../../../shared/delivery/attempt/deliver-one.ts";
import type {
  AttemptRecord,
  DeliveryRecord,
} from "../../../shared/domain/attempts/delivery-record.ts";
import type { HealthRecord } from "../../../shared/domain/breaker/health-record.ts";
import type { FurtherLane } from "../../../shared/domain/breaker/slowness.ts";
import type { OutgoingRequest } from "../../../shared/domain/requests/outgoing-request.ts";
import { Secret } from "../../../shared/domain/webhooks/sealed.ts";
import type { WebhookRecord } from "../../../shared/domain/webhooks/webhook-record.ts";
import type { Reply } from "../../../shared/http/webhook-client.ts";
import { realTimers } from "../../../shared/runtime/timers.ts";
import type { DeliveryContext } from "../../../shared/store/deliveries/delivery-context.ts";
import { publishedTimeMs, webhookWith } from "../samples.ts";
import { noSigningKeys } from "./no-signing-keys.ts";
import { suspensionsOf } from "./suspensions.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** What a delivery did, in the order in which it did it. */
export interface Trace {
  readonly posted: OutgoingRequest[];
  readonly recorded: { record: DeliveryRecord; attempt: AttemptRecord | null }[];
  readonly gathered: DeliveryRecord[];
  readonly retried: { attempt: number; generation: number; timeMs: number }[];
  readonly leased: { attempt: number; attemptCount: number }[];
  readonly replaced: WebhookRecord[];
  readonly parked: { attempt: number; timeMs: number; isProbe: boolean | undefined }[];
  readonly forgotten: string[];
  readonly failures: string[];
  readonly forwarded: { job: DeliveryJob; lane: FurtherLane }[];
  readonly disabled: string[];
  readonly tallied: string[];
  /** Status codes of attempts, and deliveries that failed. */
  readonly counted: (number | null | "failed")[];
  readonly order: string[];
}

export function answered(statusCode: number, headers: object = {}, responseBody = "ok"): Reply {
  return { outcome: { kind: "answer", statusCode, headers }, latencyMs: 12, responseBody };
}

/** Dependencies that keep to memory, and what was done with them. */
export function deliverDeps(reply: Reply, changes: Partial<DeliverDeps> = {}) {
  const trace: Trace = {
    posted: [],
    recorded: [],
    gathered: [],
    retried: [],
    leased: [],
    parked: [],
    forgotten: [],
    failures: [],
    forwarded: [],
    disabled: [],
    tallied: [],
    counted: [],
    replaced: [],
    order: [],
  };
  const deps: DeliverDeps = {
    suspensions: suspensionsOf(),
    holds: {
      async ensure() {
        trace.order.push("hold");
      },
    },
    vault: {
      secretOf: async () => new Secret(secret),
      previousSecretOf: async () => undefined,
      headersOf: async () => ({ "x-tenant": "a" }),
      openText: async (_owner, _purpose, sealed) => new Secret(sealed),
    },
    signingKeys: noSigningKeys,
    accessTokens: { tokenFor: async () => ({ token: "token", isFresh: true }) },
    client: {
      async post(request) {
        trace.posted.push(request);
        trace.order.push("post");
        return reply;
      },
    },
    deliveries: {
      async record(record, attempt) {
        trace.recorded.push({ record, attempt });
        trace.order.push("record");
        return true;
      },
      async lease({ attemptCount }, { attempt }) {
        trace.leased.push({ attempt, attemptCount });
        trace.order.push("lease");
        return "taken";
      },
      async forget(webhookId) {
        trace.forgotten.push(webhookId);
      },
    },
    isRepeat: false,
    timeLeftMs: () => 60_000,
    recorder: {
      async add(record) {
        trace.gathered.push(record);
        trace.order.push("gather");
      },
      flush: async () => {},
    },
    retryScheduler: {
      async schedule(timeMs, { attempt, generation }) {
        trace.retried.push({ attempt, generation, timeMs });
        trace.order.push("retry");
      },
    },
    parkingLot: {
      async schedule(timeMs, { attempt, isProbe }) {
        trace.parked.push({ attempt, timeMs, isProbe });
        trace.order.push("park");
      },
    },
    announcer: {
      failed: async (_, error) => void trace.failures.push(error),
      disabled: async (_, statusReason) => void trace.disabled.push(statusReason),
      recovered: async () => {},
      limited: async () => {},
      flush: async () => {},
    },
    drains: {
      async ensure() {
        trace.order.push("drain");
      },
    },
    refusals: { answered: async () => {}, healthOf: () => undefined },
    sentLately: { note: () => {} },
    turn: { kind: "free" },
    gate: { turnOf: async () => ({ kind: "free" }) },
    slowWatch: { watch: (_webhook, _health, post) => post },
    lanes: { forward: async (job, lane) => void trace.forwarded.push({ job, lane }) },
    stats: {
      attempted: (_, { record }) => void trace.counted.push(record.statusCode),
      failed: () => void trace.counted.push("failed"),
    },
    tally: { add: (_, { verdict }) => void trace.tallied.push(verdict.kind) },
    webhooks: { find: async () => webhookWith() },
    writer: {
      async replace(_, next) {
        trace.replaced.push(next);
        trace.order.push("replace");
        return "written";
      },
    },
    messages: { find: async () => undefined },
    tracing: false,
    schedule: [5, 300],
    timers: realTimers,
    random: () => 0.5,
    now: () => publishedTimeMs + 100,
    retentionDays: 30,
    logsSuccesses: true,
    ...changes,
  };
  return { deps, trace };
}

export function contextOf(
  webhook: WebhookRecord | undefined,
  head?: DeliveryRecord,
  health?: HealthRecord,
): DeliveryContext {
  return {
    webhookOf: () => webhook,
    headOf: () => head,
    healthOf: () => health,
    isCacheSlow: () => false,
  };
}
