import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { corpus } from "../unit/http/answers/corpus.ts";
import { startRawReceiver } from "../unit/http/raw-receiver.ts";
import { type GoClient, startGoClient } from "./go-client.ts";

let go: GoClient | undefined;
/** A compiler that starts from nothing compiles its library too. */
beforeAll(async () => {
  go = await startGoClient();
}, 600_000);
afterAll(() => go?.[Symbol.asyncDispose]());

/** What Node's client takes that is told nothing of leniency. */
function statusOfNode(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const sent = request(url, { method: "POST", agent: false }, (answer) => {
      resolve(answer.statusCode);
      answer.on("error", () => {});
      answer.destroy();
    });
    sent.on("upgrade", (answer, socket) => {
      resolve(answer.statusCode);
      socket.destroy();
    });
    sent.on("error", () => resolve(undefined));
    sent.setTimeout(10_000, () => sent.destroy());
    sent.end("{}");
  });
}

async function takenBy(
  statusOf: (url: string) => Promise<number | undefined> | undefined,
  { answer, ends }: (typeof corpus)[number],
): Promise<number | undefined> {
  await using receiver = await startRawReceiver((socket) => {
    socket.write(answer);
    if (ends) socket.end();
  });
  return await statusOf(receiver.url);
}

test.each(corpus)("what Node's client takes of $name has the same status here", async (one) => {
  const taken = await takenBy(statusOfNode, one);
  if (taken !== undefined) expect(one.status).toBe(taken);
});

test.each(corpus)("what Go's client takes of $name has the same status here", async (one) => {
  const taken = await takenBy((url) => go?.statusOf(url), one);
  if (taken !== undefined) expect(one.status).toBe(taken);
});

test("the clients were compared: they take most of the answers", async () => {
  const simple = corpus.slice(0, 4);
  for (const one of simple) {
    expect(await takenBy(statusOfNode, one)).toBe(one.status);
    if (go) expect(await takenBy((url) => go?.statusOf(url), one)).toBe(one.status);
  }
});
