import type { MessagePort } from "node:worker_threads";

/** A call to an engine, as an HTTP request has it. */
export interface DirectCall {
  /** Where the engine listens: the origin of its URL. */
  to: string;
  method: string;
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

export interface DirectAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Without a call it says that the caller does not wait any more. */
export interface ToEngines {
  id: number;
  call?: DirectCall;
}

/** Without an answer it says that no engine listens where the call goes to. */
export interface FromEngines {
  id: number;
  answer: DirectAnswer | undefined;
}

/** A way to the engines' thread, and the origins of the engines that it leads to. */
export interface DirectLine {
  port: MessagePort;
  origins: string[];
}
