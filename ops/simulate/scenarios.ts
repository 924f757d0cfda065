import { answering, hanging, overloadable, well } from "./answers.ts";
import type { Scenario } from "./scenario.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

function outage(): Scenario {
  return {
    name: "outage",
    about: "One receiver hangs for 24 hours and gets 40,000 messages; then it is well.",
    audiences: [
      {
        name: "down",
        webhooks: 1,
        kind: "troubled",
        messages: 40_000,
        fromMs: 0,
        overMs: dayMs,
        answer: (nowMs, random) => (nowMs < dayMs ? hanging() : well(random)),
      },
      { name: "healthy", webhooks: 100, kind: "healthy", messages: 200, fromMs: 0, overMs: dayMs },
    ],
    recoveryMs: dayMs,
  };
}

function dead(): Scenario {
  return {
    name: "dead",
    about:
      "One of 1,000 receivers hangs for good and gets 10,000 messages within a minute. It is switched off after five days.",
    audiences: [
      {
        name: "dead",
        webhooks: 1,
        kind: "troubled",
        messages: 10_000,
        fromMs: 2 * minuteMs,
        overMs: minuteMs,
        answer: hanging,
      },
      {
        name: "healthy",
        webhooks: 998,
        kind: "healthy",
        messages: 20,
        fromMs: 0,
        overMs: 10 * minuteMs,
      },
      { name: "pulse", webhooks: 1, kind: "pulse", messages: 8_640, fromMs: 0, overMs: 6 * dayMs },
    ],
  };
}

function herd(): Scenario {
  const platform = overloadable(500);
  return {
    name: "herd",
    about:
      "100 receivers on one platform answer 503 for an hour and get 25,000 messages; then the platform takes 500 requests a second and no more.",
    audiences: [
      {
        name: "herd",
        webhooks: 100,
        kind: "troubled",
        messages: 250,
        fromMs: 0,
        overMs: hourMs,
        answer: (nowMs, random) => (nowMs < hourMs ? answering(503, 20) : platform(nowMs, random)),
      },
      {
        name: "healthy",
        webhooks: 100,
        kind: "healthy",
        messages: 300,
        fromMs: 0,
        overMs: 2 * hourMs,
      },
    ],
    recoveryMs: hourMs,
  };
}

function sweeper(): Scenario {
  const span = { messages: 400, fromMs: 0, overMs: 3 * hourMs };
  return {
    name: "sweeper",
    about:
      "50 receivers fail one request in three for three hours; the sweeper is down for the second of them.",
    audiences: [
      {
        name: "flaky",
        webhooks: 50,
        kind: "troubled",
        ...span,
        answer: (_nowMs, random) => (random() < 1 / 3 ? answering(500, 40) : well(random)),
      },
      { name: "healthy", webhooks: 50, kind: "healthy", ...span },
    ],
    sweeperDown: { fromMs: hourMs, untilMs: 2 * hourMs },
    recoveryMs: 2 * hourMs,
  };
}

/** Of one cache, all of them on one topic: each message is a thousand deliveries. */
const slowCache = {
  name: "slow",
  webhooks: 1_000,
  kind: "troubled",
  cache: "slow",
  sharesTopic: true,
  timeoutSeconds: 30,
} as const;

const slowMs = 25_000;

function newcomers(): Scenario {
  return {
    name: "newcomers",
    about:
      "1,000 webhooks of one cache are new and answer 200 after 25 seconds, 10 messages long; 100 other caches go on.",
    audiences: [
      {
        ...slowCache,
        isNew: true,
        messages: 10,
        fromMs: 2 * minuteMs,
        overMs: 10 * minuteMs,
        answer: () => answering(200, slowMs),
      },
      {
        name: "healthy",
        webhooks: 100,
        kind: "healthy",
        messages: 100,
        fromMs: 0,
        overMs: 15 * minuteMs,
      },
    ],
  };
}

function slowing(): Scenario {
  const turnMs = 5 * minuteMs;
  return {
    name: "slowing",
    about:
      "1,000 webhooks of one cache, well for five minutes, then answer 200 after 25 seconds, all at once and for an hour; 100 other caches go on.",
    audiences: [
      {
        ...slowCache,
        messages: 20,
        fromMs: 0,
        overMs: hourMs,
        answer: (nowMs, random) => (nowMs < turnMs ? well(random) : answering(200, slowMs)),
      },
      { name: "healthy", webhooks: 100, kind: "healthy", messages: 200, fromMs: 0, overMs: hourMs },
    ],
  };
}

function overload(): Scenario {
  return {
    name: "overload",
    about:
      "One receiver is limited to 2 POSTs a second and gets 72,000 messages within an hour, ten in a request; 100 other caches go on.",
    audiences: [
      {
        name: "limited",
        webhooks: 1,
        kind: "troubled",
        maxPerSecond: 2,
        messages: 72_000,
        together: 10,
        fromMs: minuteMs,
        overMs: hourMs,
      },
      { name: "healthy", webhooks: 100, kind: "healthy", messages: 200, fromMs: 0, overMs: hourMs },
    ],
    recoveryMs: minuteMs + hourMs,
  };
}

function ingest(): Scenario {
  const bulk = {
    kind: "troubled",
    cache: "bulk",
    fromMs: minuteMs,
    overMs: 10 * minuteMs,
  } as const;
  const tablesDown = { fromMs: 4 * minuteMs, untilMs: 9 * minuteMs };
  return {
    name: "ingest",
    about:
      "One cache gets 60,000 messages through an ingest queue and 10,000 through the outbox within ten minutes. For five of them every table but the outbox refuses all calls; 100 other caches publish over HTTP.",
    audiences: [
      {
        ...bulk,
        name: "queued",
        webhooks: 10,
        messages: 6_000,
        together: 10,
        entrance: "ingest queue",
      },
      { ...bulk, name: "written", webhooks: 10, messages: 1_000, entrance: "outbox" },
      { name: "healthy", webhooks: 100, kind: "healthy", messages: 200, fromMs: 0, overMs: hourMs },
    ],
    tablesDown,
    recoveryMs: tablesDown.untilMs,
  };
}

/** Made anew for each run: an overloaded receiver remembers. */
const scenarios: readonly (() => Scenario)[] = [
  outage,
  dead,
  herd,
  sweeper,
  newcomers,
  slowing,
  overload,
  ingest,
];

export const scenarioNames = scenarios.map((make) => make().name);

export function scenarioCalled(name: string): Scenario {
  const found = scenarios.map((make) => make()).find((scenario) => scenario.name === name);
  if (!found) throw new Error(`there is no scenario ${name}`);
  return found;
}
