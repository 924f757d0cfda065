import type { MessagePort } from "node:worker_threads";
import type { Endpoints } from "../lambda/environment.ts";
import type { Stack } from "../template/stack.ts";

/** What the engines are to hold, and who may do what with it. */
export type Provision = Pick<
  Stack,
  "tables" | "queues" | "buses" | "eventRules" | "topics" | "policies"
>;

/** Gives the engines' thread another port to answer calls from; nothing comes back. */
export interface Connect {
  port: MessagePort;
}

/** How often a principal has made a call that touched a resource first. */
export interface CallCount {
  accessKeyId: string;
  service: string;
  action: string;
  resource: string;
  calls: number;
  failures: number;
  durationMs: number;
}

/** The engines, whichever thread they are in. */
export interface Engines {
  endpoints: Endpoints;
  /** Returns where the services listen that only some templates need. */
  provision: (provision: Provision) => Promise<Pick<Endpoints, "eventbridge" | "sns">>;
  /** Answers the calls that come through a port, as those that come by HTTP. */
  connect: (port: MessagePort) => void;
  /** Every call since the start, counted. */
  calls: () => Promise<CallCount[]>;
  /** Gives memory back that is not needed while nobody calls. */
  rest: () => Promise<void>;
  /** Returns once everything is on disk. */
  close: () => Promise<void>;
}

/** Asks the engines' own thread; every request gets the answer with its id. */
export type EngineRequest = { id: number } & (
  | { kind: "provision"; provision: Provision }
  | { kind: "calls" }
  | { kind: "rest" }
  | { kind: "close" }
);

/** Id 0 is the first answer, which says where the engines listen. */
export interface EngineResponse {
  id: number;
  value?: unknown;
  error?: unknown;
}
