import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { momentoSignature } from "../../../shared/domain/requests/signatures.ts";
import { subscribe } from "../../support/calls.ts";
import { eventually } from "../../support/eventually.ts";
import { freePort } from "../../support/process/free-port.ts";
import { startFile } from "../../support/process/program.ts";
import { api } from "../../support/service/api.ts";
import { codeBlock, codeBlocks, readDocument } from "../documents/code-blocks.ts";
import { withoutChance } from "../documents/documented-command.ts";
import { startShellReaders } from "../documents/shell-readers.ts";
import { shellNames } from "../documents/shells.ts";

const [, momento = "", thredd = ""] = readDocument("docs/existing-receivers.md").split(
  /^## (?:Momento|Thredd)$/m,
);

const Put = z.object({
  response: z.object({
    secretString: z.string(),
    webhook: z.object({ webhookId: z.string(), config: z.unknown() }),
  }),
});
const Published = z.object({ response: z.object({ messageId: z.string() }) });
const Updated = z.object({ response: z.object({ events: z.unknown(), config: z.unknown() }) });

const readers = startShellReaders();

test.for(shellNames)(
  "in %s a receiver written for Momento goes on as the page says",
  async (shell, { skip }) => {
    const { service, type, receiver: witness } = readers.in(shell, skip);
    const call = api(service.url, service.key);
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}/`;
    const [put = "", publish = ""] = codeBlocks(momento, "bash");
    const { secretString } = Put.parse(await type(put, { RECEIVER: url })).response;
    const file = join(service.dataDir, "momento.mjs");
    await writeFile(file, codeBlock(momento, "js"));
    await using receiver = startFile(file, [], { SECRET: secretString, PORT: port });
    await eventually(() => fetch(url, { method: "POST" }));
    const copy = { cacheName: "chat", webhookName: "copy", topicName: "room-281" };
    const { path } = await subscribe(call, witness, { ...copy, format: "momento" });

    const { messageId } = Published.parse(await type(publish)).response;
    await eventually(() => receiver.stdout().includes("room-281 Here I am!!"));
    const { body } = await eventually(() => witness.find(path, messageId));
    expect(withoutChance(body.toString())).toBe(withoutChance(codeBlock(momento, "text")));

    const post = (publish_timestamp: number, secret: string) => {
      const body = JSON.stringify({ publish_timestamp, topic: "room-281", text: "forged" });
      const headers = { "momento-signature": momentoSignature(secret, Buffer.from(body)) };
      return fetch(url, { method: "POST", body, headers }).then(({ status }) => status);
    };
    expect(await post(Date.now(), secretString)).toBe(200);
    expect(await post(Date.now(), "whsec_")).toBe(403);
    expect(await post(Date.now() - 61_000, secretString)).toBe(403);
  },
);

test.for(shellNames)(
  "in %s a receiver written for Thredd goes on as the page says",
  async (shell, { skip }) => {
    const { type, receiver: witness } = readers.in(shell, skip);
    const RECEIVER = `${witness.url}/fraud`;
    const [put = "", publish = "", update = ""] = codeBlocks(thredd, "bash");
    const { secretString, webhook } = Put.parse(await type(put, { RECEIVER })).response;
    witness.trust("/fraud", secretString);

    const { messageId } = Published.parse(await type(publish)).response;
    const delivery = await eventually(() => witness.find("/fraud", messageId));
    expect(delivery.refusal).toBeUndefined();
    expect(delivery.headers).toMatchObject({ header1: "value_1", header2: "value_2" });
    expect(withoutChance(delivery.body.toString())).toBe(withoutChance(codeBlock(thredd, "text")));

    const answer = await type(update, { RECEIVER, WEBHOOK_ID: webhook.webhookId });
    expect(Updated.parse(answer).response).toMatchObject({
      events: [101, 102, 103],
      config: { format: "thredd", customHeader: { header1: "value_1", header2: "value_3" } },
    });
  },
);
