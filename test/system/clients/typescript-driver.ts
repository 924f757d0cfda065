import { createClient } from "../../../client/create-client.ts";
import { ConnectionError, HookcastError } from "../../../client/errors.ts";
import { VerificationError, verify } from "../../../client/verify.ts";
import { verifyMomento } from "../../../client/verify-momento.ts";
import type { Driver, Outcome, Question } from "./driver.ts";

/** The TypeScript client, in this process. */
export const typescriptDriver: Driver = {
  async ask(question) {
    try {
      return { ok: "verify" in question ? await verified(question) : await called(question) };
    } catch (error) {
      return { error: problemOf(error) };
    }
  },
  async [Symbol.asyncDispose]() {},
};

async function verified({ verify: asked }: Extract<Question, { verify: unknown }>) {
  const { headers, body, secret = "", publicKey, momento, toleranceSeconds = 300 } = asked;
  const received = { headers, body: Buffer.from(body, "base64") };
  if (momento) return verifyMomento(received, { secret });
  if (publicKey !== undefined) return await verify(received, { publicKey, toleranceSeconds });
  return await verify(received, { secret, toleranceSeconds });
}

async function called(question: Extract<Question, { call: string }>): Promise<unknown> {
  const { client: options, call, headers, whole, take = Number.POSITIVE_INFINITY } = question;
  const client = createClient(options);
  const input = inputOf(call, Object.entries(question.input ?? {}));
  // Scenarios are data, in which no type knows its operation.
  const method = Reflect.get(client, whole ? "call" : call) as (...args: unknown[]) => unknown;
  const result = await (whole ? method(call, input, { headers }) : method(input, { headers }));
  if (typeof result !== "object" || result === null || !(Symbol.asyncIterator in result)) {
    return result;
  }
  const found: unknown[] = [];
  for await (const item of result as AsyncIterable<unknown>) {
    found.push(item);
    if (found.length >= take) break;
  }
  return found;
}

/** Bytes are base64 in a scenario. */
function inputOf(call: string, entries: [string, unknown][]): Record<string, unknown> {
  const bytes = ([name, value]: [string, unknown]) =>
    name === "bytes" ? [name, Buffer.from(String(value), "base64")] : [name, value];
  if (call === "publish") return Object.fromEntries(entries.map(bytes));
  return Object.fromEntries(
    entries.map(([name, value]) =>
      call === "publishBatch" && name === "messages" && Array.isArray(value)
        ? [
            name,
            value.map((message: object) => Object.fromEntries(Object.entries(message).map(bytes))),
          ]
        : [name, value],
    ),
  );
}

function problemOf(error: unknown): Extract<Outcome, { error: unknown }>["error"] {
  if (error instanceof HookcastError) {
    const { status, code = null, message, details, requestId = null, tries } = error;
    const retryAfterMs = error.retryAfterMs ?? null;
    return { kind: "refused", status, code, message, details, requestId, retryAfterMs, tries };
  }
  if (error instanceof ConnectionError) {
    return { kind: "connection", message: error.message, tries: error.tries };
  }
  if (error instanceof VerificationError) return { kind: "verification", message: error.message };
  // What JSON.parse says of a text that is no JSON is a SyntaxError.
  if (error instanceof TypeError || error instanceof SyntaxError) {
    return { kind: "input", message: error.message };
  }
  throw error;
}
