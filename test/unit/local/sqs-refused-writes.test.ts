import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createBroker } from "../../../local/sqs/broker.ts";
import { acceptMessage } from "../../../local/sqs/messages/accept-message.ts";
import { takeMessages } from "../../../local/sqs/messages/take-messages.ts";
import type { Queue } from "../../../local/sqs/queues/queue.ts";
import { settingsOf } from "../../../local/sqs/queues/queue-settings.ts";
import { openDatabase } from "../../../local/sqs/schema.ts";
import { temporaryFolder } from "./assembly.ts";

test("keeps nothing in memory of a message that the disk had no room for", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  onTestFinished(() => said.mockRestore());
  const database = openDatabase(join(await temporaryFolder(), "sqs.sqlite"));
  onTestFinished(() => database.close());
  const broker = createBroker(database, Date.now);
  const definition = { name: "Work", attributes: {}, createdMs: 0, modifiedMs: 0 };
  broker.definitions.put({ ...definition, settings: settingsOf({}) });
  await broker.journal.committed();
  broker.load();
  const queue = () => broker.queues.get("Work") as Queue;
  const accept = async (MessageBody: string) => {
    acceptMessage(broker, queue(), { MessageBody, ...attributes }, "sender");
    await broker.journal.committed();
  };
  await accept("kept");
  const { page_count: pages } = database.prepare("PRAGMA page_count").get() ?? {};
  database.exec(`PRAGMA max_page_count = ${Number(pages)}`);
  await expect(accept("x".repeat(100_000))).rejects.toThrow(/full/);
  await expect(accept("x".repeat(100_000))).rejects.toThrow(/full/);
  await broker.journal.committed().catch(() => undefined);
  expect(queue().counts.ready).toBe(1);
  database.exec("PRAGMA max_page_count = 100000");
  await accept("after");
  const taken = takeMessages(broker, queue(), 10, 30);
  expect(taken.map(({ entry }) => broker.messages.content(entry)?.body)).toEqual(["kept", "after"]);
  expect(said.mock.calls.map(([line]) => String(line))).toEqual([
    expect.stringMatching(/^embedded sqs: a write failed: .*full/),
    "embedded sqs: writes are accepted again.",
  ]);
});

const attributes = { MessageAttributes: {}, MessageSystemAttributes: {} };
