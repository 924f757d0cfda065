import type { DirectLine } from "../direct/direct-protocol.ts";

/** What a worker thread is told when it starts. */
export interface WorkerData {
  codeFolder: string;
  /** `<file without ending>.<export>` */
  handler: string;
  functionName: string;
  functionArn: string;
  memoryMb: number;
  /** Where engines are reached without a socket. */
  direct?: DirectLine;
}

/** What a thread is told to do. */
export type Order = ({ kind: "invoke" } & Invocation) | { kind: "rest" };

export interface Invocation {
  requestId: string;
  /** JSON, as Lambda hands it over: functions must not get what JSON cannot carry. */
  payload: string;
  /** Epoch milliseconds. */
  deadlineMs: number;
}

/** How Lambda reports that a function failed. */
export interface Failure {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

export type WorkerMessage =
  | { kind: "ready"; initMs: number }
  | { kind: "failed"; failure: Failure }
  | { kind: "done"; payload: string };
