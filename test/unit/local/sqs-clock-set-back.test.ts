import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createBroker } from "../../../local/sqs/broker.ts";
import { acceptMessage } from "../../../local/sqs/messages/accept-message.ts";
import { settingsOf } from "../../../local/sqs/queues/queue-settings.ts";
import { openDatabase } from "../../../local/sqs/schema.ts";
import { temporaryFolder } from "./assembly.ts";

test("a clock that was set back before the start adds nothing to a delay", async () => {
  const database = openDatabase(join(await temporaryFolder(), "sqs.sqlite"));
  onTestFinished(() => database.close());
  let nowMs = 10_000_000;
  const broker = createBroker(database, () => nowMs);
  const definition = { name: "Work", attributes: {}, createdMs: 0, modifiedMs: 0 };
  broker.definitions.put({ ...definition, settings: settingsOf({}) });
  await broker.journal.committed();
  broker.load();
  const queue = broker.queues.get("Work");
  if (!queue) throw new Error("no queue");
  const attributes = { MessageAttributes: {}, MessageSystemAttributes: {} };
  acceptMessage(broker, queue, { MessageBody: "late", DelaySeconds: 60, ...attributes }, "sender");
  await broker.journal.committed();

  nowMs -= 3_600_000;
  broker.load();
  expect(broker.queues.get("Work")?.nextWakeMs()).toBe(nowMs + 60_000);
});
