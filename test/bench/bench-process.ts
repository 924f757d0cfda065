import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as z from "zod/mini";

/** A process of the bench's own, so that its work is nobody else's; it ends with the scope, or with its parent. */
export interface BenchProcess extends AsyncDisposable {
  ask<Answer extends z.ZodMiniType>(
    question: string,
    answer: Answer,
    input?: object,
  ): Promise<z.infer<Answer>>;
}

const Reply = z.object({ id: z.int(), value: z.unknown(), error: z.optional(z.string()) });

/** Starts a file below this folder, which calls `answerQuestions`. */
export function startBenchProcess(file: string, args: string[] = []): BenchProcess {
  const child = fork(join(import.meta.dirname, file), args, { execArgv: [] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  child.on("message", (message) => {
    const { id, value, error } = z.parse(Reply, message);
    if (error === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(`${file}: ${error}`));
    waiting.delete(id);
  });
  child.once("exit", (code, signal) => {
    for (const { reject } of waiting.values())
      reject(new Error(`${file} ended (${signal ?? code})`));
  });
  return {
    async ask(question, answer, input = {}) {
      lastId += 1;
      const reply = Promise.withResolvers<unknown>();
      waiting.set(lastId, reply);
      child.send({ id: lastId, question, input });
      return z.parse(answer, await reply.promise);
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}
