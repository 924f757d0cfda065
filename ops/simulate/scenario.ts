import type { Answer } from "./world.ts";

/** Webhooks that are alike, and what is published to them. Times count from the scenario's beginning. */
export interface Audience {
  readonly name: string;
  readonly webhooks: number;
  /** Healthy ones are timed together; the rest of them only keep the deployment's pulse. */
  readonly kind: "troubled" | "healthy" | "pulse";
  /** The cache that all of them are in; without it, each is in a cache of its own. */
  readonly cache?: string;
  /** Whether one message reaches all of them; otherwise each has a topic of its own. */
  readonly sharesTopic?: boolean;
  /** Published to each topic, evenly over the span. */
  readonly messages: number;
  /** So many of them are published in one request. */
  readonly together?: number;
  readonly fromMs: number;
  readonly overMs: number;
  /** How it is published; over HTTP, unless this says otherwise. */
  readonly entrance?: Entrance;
  /** How a receiver answers; well, unless this says otherwise. */
  readonly answer?: (nowMs: number, random: () => number) => Answer;
  readonly timeoutSeconds?: number;
  readonly maxPerSecond?: number;
  /** Whether they were put just now; otherwise they have shown that they answer. */
  readonly isNew?: boolean;
}

export type Entrance = "HTTP" | "ingest queue" | "outbox";

/** From the beginning of the scenario. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly audiences: readonly Audience[];
  readonly sweeperDown?: Span;
  /** When no table takes a call, except the outbox. */
  readonly tablesDown?: Span;
  /** When the trouble is over. */
  readonly recoveryMs?: number;
}
