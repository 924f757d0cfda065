import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openWebhookClient } from "../../../../shared/http/webhook-client.ts";
import { eventually } from "../../../support/eventually.ts";
import { answerText, startRawReceiver } from "../raw-receiver.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => void vi.useRealTimers());

/** A client of its own; its deadline is far away. */
function openClient() {
  const client = openWebhookClient({ allowPrivate: true, now: () => 1_000_000 });
  const request = { cacheName: "c", headers: {}, body: Buffer.from("{}"), timeoutMs: 600_000 };
  return (url: string) => client.post({ ...request, url });
}

test("a body is waited for two seconds, however far the deadline is", async () => {
  await using receiver = await startRawReceiver((socket) =>
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n"),
  );
  const reply = openClient()(receiver.url);
  // The deadline's, and the body's once the head has been read.
  await eventually(() => vi.getTimerCount() === 2);
  vi.advanceTimersByTime(1_999);
  expect(receiver.connections[0]?.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect((await reply).outcome).toMatchObject({ statusCode: 200 });
  await eventually(() => receiver.connections[0]?.destroyed);
});

test.each([
  ["1.9 seconds is posted again", 1_900, 3],
  ["2 seconds is not, for it may have been read", 2_000, 2],
])("what was cut off on a used connection after %s", async (_, waitedMs, requests) => {
  await using receiver = await startRawReceiver((socket, count) => {
    if (count !== 2) return void socket.write(answerText("200 OK"));
    vi.advanceTimersByTime(waitedMs);
    socket.resetAndDestroy();
  });
  const post = openClient();
  await post(receiver.url);
  const { isReplaced = false } = await post(receiver.url);
  expect(isReplaced).toBe(requests === 3);
  expect(receiver.requestCount()).toBe(requests);
});
