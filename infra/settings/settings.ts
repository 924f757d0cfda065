import * as z from "zod/mini";
import { sizeOf } from "../functions.ts";
import { maxShards, roomChecks } from "./room.ts";
import {
  arn,
  flag,
  frameOrigins,
  ingestSources,
  logRetention,
  origins,
  signatures,
  tags,
  together,
  vpc,
  waits,
  whole,
} from "./setting-kinds.ts";

/** What a deployment may choose, in `context` of cdk.json or with `cdk -c name=value`. */
const Settings = z
  .strictObject({
    stackName: z._default(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)), "Hookcast"),

    /** On every resource that can carry them. */
    tags: z._default(tags, {}),

    /** A name of your own for the API, and the certificate for it, in the stack's region. */
    domainName: z.optional(z.hostname()),
    certificateArn: z.optional(arn("acm", /certificate\/[\w-]+/)),
    /** Whether the API also responds at the address that the gateway gives it. */
    defaultAddress: z._default(flag, true),
    /** Web pages of these origins may call the API from a browser. */
    allowedOrigins: z._default(origins, []),
    /** The web page for operators, at an address of its own. */
    console: z._default(flag, false),
    /** A second address for publish and publishBatch, without API Gateway and its price. */
    publishUrl: z._default(flag, false),
    /** Set aside for it in the account, and its bound: at most ten times as many requests a second. */
    publishUrlConcurrency: z._default(whole(1, 1000), 10),
    /** Web pages of these origins may show the portal of customers in a frame. */
    portalOrigins: z._default(frameOrigins, []),
    throttleRate: z._default(whole(1, 10_000), 1000),
    throttleBurst: z._default(whole(1, 5_000), 1000),
    /** How long a revoked key may go on working. */
    authorizerCacheSeconds: z._default(whole(0, 3600), 60),
    webhooksPerCache: z._default(whole(1, 100_000), 1000),
    /** Messages, those of a batch one by one; 0 sets no bound. */
    publishesPerKeyPerMinute: z._default(whole(0, 10_000_000), 0),
    /** Operational events that are told one by one; further ones of the minute are told together. */
    eventsPerCachePerMinute: z._default(whole(1, 10_000), 60),
    /** Messages that come out of a delivery, as a relay's do, for each cache; those of a batch one by one. */
    hoppedPublishesPerCachePerMinute: z._default(whole(1, 10_000_000), 60),

    /** What becomes of a publish whose event is not in the catalogue of event types. */
    unknownEvents: z._default(z.enum(["accept", "refuse"]), "accept"),
    /** Whether the catalogue's documents, OpenAPI and AsyncAPI, need no key. */
    publicEventTypes: z._default(flag, false),

    /** A queue whose messages are published, so that what runs on AWS needs no call to the API. */
    ingest: z._default(flag, false),
    /** In place of that one queue, a queue for each of these, which publishes to its caches only. */
    ingestSources: z._default(ingestSources, []),

    /** A table whose rows are published, so that an event can be written in one transaction with what it tells of. */
    outbox: z._default(flag, false),

    /** How long messages and deliveries are kept; 0 keeps no message. */
    retentionDays: z._default(whole(0, 365), 30),
    /** Without retention, what succeeds at once may go without a row; SQS may then have it posted twice. */
    deliveryLog: z._default(z.enum(["all", "failures"]), "all"),
    /** Deliveries are counted by the minute: one write for each webhook in a batch of deliveries. */
    deliveryStats: z._default(flag, true),
    retryScheduleSeconds: z._default(
      waits,
      [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400],
    ),
    /** How deliveries are signed beside `webhook-signature`, for webhooks that say nothing of it. */
    signatures: z._default(signatures, []),
    allowPrivateDestinations: z._default(flag, false),

    /** Deliveries come from so many Elastic IPs, which receivers can allow: a network with NAT gateways. */
    staticAddresses: z.optional(whole(1, 3)),
    /** The same with a network of your own. */
    vpc: z.optional(vpc),

    /** Parked deliveries a second that go back to a webhook which works again. */
    maxDrainRate: z._default(whole(1, 10_000), 200),
    /** Deliveries a second that one recovery sends. */
    recoverRate: z._default(whole(1, 500), 100),
    /** Delivery queues to spread webhooks over; only ever raised. */
    deliveryShards: z._default(whole(1, maxShards), 1),
    /** Of each delivery queue. */
    deliveryConcurrency: z._default(whole(2, 1000), 100),
    /** First attempts at receivers that have yet to show that they answer fast. */
    newcomerConcurrency: z._default(whole(2, 1000), 10),
    /** First attempts at receivers that keep a POST waiting. */
    slowConcurrency: z._default(whole(2, 1000), 30),
    retryConcurrency: z._default(whole(2, 1000), 20),
    fanOutConcurrency: z._default(whole(2, 1000), 10),
    /** Memory of `deliver`, and CPU in proportion: more makes handshakes faster, and waiting dearer. */
    deliverMemoryMb: z._default(whole(256, 10_240), sizeOf("deliver").memoryMb),
    /** Sets capacity of the account aside for `deliver`, and caps it there. */
    deliverReservedConcurrency: z.optional(whole(4, 10_000)),
    /** The same for `authorize`, without which no request passes. */
    authorizeReservedConcurrency: z.optional(whole(1, 10_000)),
    /** The same for `publish` and once more for `publishBatch`. */
    publishReservedConcurrency: z.optional(whole(1, 10_000)),
    /** Stops deliveries without losing any: they wait in their queues. */
    paused: z._default(flag, false),

    /**
     * Carries the trace of a publish to its receivers, and has X-Ray record the functions on the way: $5 per
     * million traces after the first 100,000 of a month, of which Lambda takes one a second and 5 % of the rest.
     */
    tracing: z._default(flag, false),

    removalPolicy: z._default(z.enum(["retain", "destroy"]), "retain"),
    /** Tables refuse to be deleted, by whomever; absent: where they outlive the stack. */
    deletionProtection: z.optional(flag),
    /** A symmetric KMS key that takes the place of the stack's own; only before the first webhook is put. */
    dataKeyArn: z.optional(arn("kms", /key\/[\w-]+/)),
    logRetentionDays: z._default(logRetention, 30),
    /** Metrics of our own, and the alarms that need them. */
    metrics: z._default(flag, true),
    /** All numbers on one page of CloudWatch, for $3 a month beyond an account's first three. */
    dashboard: z._default(flag, false),
    alarms: z._default(flag, true),
    /** Rings before a webhook that fails since the publish is switched off; see docs/runbook.md. */
    oldestUndeliveredAlarmHours: z._default(whole(1, 168), 96),
    /** The SNS topic that hears of alarms. */
    alarmTopicArn: z.optional(arn("sns", /[\w-]+/)),
    /** Of the whole account: at 80 % of it, and when the month is foreseen to end above it, a mail is sent. */
    monthlyBudgetUsd: z.optional(whole(1, 10_000_000)),
    budgetEmail: z.optional(z.email()),
  })
  .check(
    together("domainName", "certificateArn"),
    z.refine(({ defaultAddress, domainName }) => defaultAddress || domainName !== undefined, {
      path: ["defaultAddress"],
      error: "Can be false only with domainName: the API would have no address",
    }),
    z.refine(
      ({ deletionProtection, removalPolicy }) => !deletionProtection || removalPolicy === "retain",
      {
        path: ["deletionProtection"],
        error: "Not with removalPolicy destroy: the stack could not be deleted",
      },
    ),
    together("monthlyBudgetUsd", "budgetEmail"),
    z.refine(({ staticAddresses, vpc }) => staticAddresses === undefined || vpc === undefined, {
      path: ["vpc"],
      error: "Not together with staticAddresses, which makes a network",
    }),
    z.refine(({ ingest, ingestSources }) => ingest || ingestSources.length === 0, {
      path: ["ingestSources"],
      error: "Only with ingest",
    }),
    ...roomChecks,
    z.refine(({ dashboard, metrics }) => !dashboard || metrics, {
      path: ["dashboard"],
      error: "Only with metrics, which it shows",
    }),
    z.refine(({ deliveryLog, retentionDays }) => deliveryLog === "all" || retentionDays === 0, {
      path: ["deliveryLog"],
      error:
        "Only with retentionDays 0: a message that is kept, and of which there is no delivery, counts as missing",
    }),
    z.refine(
      (settings) =>
        settings.deliverReservedConcurrency === undefined ||
        settings.deliveryShards * settings.deliveryConcurrency +
          settings.newcomerConcurrency +
          settings.slowConcurrency +
          settings.retryConcurrency <=
          settings.deliverReservedConcurrency,
      {
        path: ["deliverReservedConcurrency"],
        error:
          "Less than deliveryShards × deliveryConcurrency + newcomerConcurrency + slowConcurrency + retryConcurrency: Lambda would throttle the queues' pollers",
      },
    ),
  );

export type Settings = z.infer<typeof Settings>;

const english = z.locales.en().localeError;

/** Settings out of an app's context, which they share with the flags of the CDK itself. */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  const ours = Object.entries(context).filter(([name]) => /^[A-Za-z]+$/.test(name));
  return parseSettings(Object.fromEntries(ours), "context in cdk.json, or cdk -c");
}

/** Fills in what was left out, or says all that is wrong with what was given, and where that was. */
export function parseSettings(given: Readonly<Record<string, unknown>>, where: string): Settings {
  const result = Settings.safeParse(given, { error: english });
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) =>
    [path.join("."), message].filter(Boolean).join(": "),
  );
  throw badSettings(where, problems);
}

export function badSettings(where: string, problems: readonly string[]): Error {
  return new Error([`Bad stack settings (${where}):`, ...problems].join("\n  "));
}
