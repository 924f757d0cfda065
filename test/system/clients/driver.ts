import { createInterface } from "node:readline";
import * as z from "zod/mini";
import type { Program } from "../../support/process/program.ts";

/** What a client is asked to do. */
export type Question =
  | {
      client: { url: string; key: string; timeoutMs?: number; maxRetries?: number };
      call: string;
      input?: unknown;
      headers?: Record<string, string>;
      whole?: boolean;
      take?: number;
    }
  | {
      verify: {
        headers: Record<string, string>;
        /** In base64. */
        body: string;
        secret?: string;
        /** In place of the secret. */
        publicKey?: string;
        toleranceSeconds?: number;
        momento?: boolean;
      };
    };

/** What it responded, or what it raised. */
const Outcome = z.union([
  z.strictObject({ ok: z.unknown() }),
  z.strictObject({ error: z.record(z.string(), z.unknown()) }),
]);
export type Outcome = z.infer<typeof Outcome>;

/** A client in some language, with what makes it do what a scenario asks for. */
export interface Driver extends AsyncDisposable {
  ask(question: Question): Promise<Outcome>;
}

/** A program that reads a question a line, and writes an outcome a line. */
export function driverOf(program: Program): Driver {
  const { stdin, stdout } = program.child;
  if (!stdin || !stdout) throw new Error("the program must have pipes");
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`the program has ended: ${program.stderr()}`);
      return z.parse(Outcome, JSON.parse(value));
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
