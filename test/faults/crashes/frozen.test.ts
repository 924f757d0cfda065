import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { answerText, startRawReceiver } from "../../unit/http/raw-receiver.ts";

const atOnce = 10;

const Round = z.object({
  round: z.string(),
  retried: z.number(),
  records: z.array(
    z.object({
      status: z.string(),
      attemptCount: z.number(),
      firstAttempt: z.object({ statusCode: z.nullable(z.number()), error: z.nullable(z.string()) }),
    }),
  ),
});

/** Whether a signal has stopped the process; the state is what follows its name. */
function isFrozen(pid: number | undefined): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).startsWith("T");
}

test.each([
  ["for a moment: what died is replaced", 1_000, atOnce],
  ["for ten minutes: nothing that is so old is used", 600_000, 0],
])(
  "[row: connection died idle] an environment is frozen %s, and no attempt fails",
  async (_, frozenMs, replacedCount) => {
    await using receiver = await startRawReceiver((socket) => socket.write(answerText("200 OK")));
    const args = [receiver.url, String(atOnce), String(frozenMs)];
    const child = fork(join(import.meta.dirname, "../run/frozen-process.ts"), args, {
      silent: true,
    });
    await using _child = { [Symbol.asyncDispose]: async () => void child.kill("SIGKILL") };
    const log = child.stdout ? text(child.stdout) : "";
    const rounds: z.infer<typeof Round>[] = [];
    child.on("message", (message) => rounds.push(z.parse(Round, message)));
    const exited = once(child, "exit");

    await eventually(() => isFrozen(child.pid));
    const idle = [...receiver.connections];
    expect(idle.length).toBe(atOnce);
    // Some receivers say that they close, and some reset: a frozen process hears of neither.
    for (const [n, socket] of idle.entries()) {
      if (n % 2 === 0) socket.destroy();
      else socket.resetAndDestroy();
    }
    await eventually(() => idle.every(({ closed }) => closed));
    child.kill("SIGCONT");
    expect((await exited)[0]).toBe(0);

    expect(rounds.map(({ round }) => round)).toEqual(["before", "after"]);
    for (const { records, retried } of rounds) {
      expect(retried).toBe(0);
      expect(records).toHaveLength(atOnce);
      for (const record of records) {
        const firstAttempt = { statusCode: 200, error: null };
        expect(record).toMatchObject({ status: "delivered", attemptCount: 1, firstAttempt });
      }
    }
    expect((await log).match(/connection\.replaced/g) ?? []).toHaveLength(replacedCount);
  },
);
