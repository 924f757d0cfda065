import type { MessagePort } from "node:worker_threads";
import type { AnswerOf } from "../aws/server.ts";
import type { DirectCall, FromEngines, ToEngines } from "./direct-protocol.ts";

/** Answers the calls that come through a port; a caller hangs up by saying so or by going away. */
export function answerPort(
  port: MessagePort,
  answererAt: (origin: string) => AnswerOf | undefined,
): void {
  /** Whom to tell, of each call that is under way, if its caller goes. */
  const underWay = new Map<number, (() => void)[]>();

  const hangUp = (id: number) => {
    const listeners = underWay.get(id) ?? [];
    underWay.delete(id);
    for (const listener of listeners) listener();
  };

  const answer = async (id: number, { to, method, path, headers, body }: DirectCall) => {
    const answerOf = answererAt(to);
    if (!answerOf) {
      port.postMessage({ id, answer: undefined } satisfies FromEngines);
      return;
    }
    const listeners: (() => void)[] = [];
    underWay.set(id, listeners);
    const rawHeaders = Object.entries(headers).flat();
    const incoming = { method, url: path, rawHeaders, headers, body: () => body };
    const answered = await answerOf(incoming, (listener) => {
      if (underWay.has(id)) listeners.push(listener);
      else listener();
    });
    if (underWay.delete(id)) port.postMessage({ id, answer: answered } satisfies FromEngines);
  };

  port.on("message", ({ id, call }: ToEngines) => {
    if (call) void answer(id, call);
    else hangUp(id);
  });
  port.on("close", () => {
    for (const id of underWay.keys()) hangUp(id);
  });
}
