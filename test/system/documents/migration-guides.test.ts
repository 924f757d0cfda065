import { Webhook } from "standardwebhooks";
import { Webhook as Svix } from "svix";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { eventually } from "../../support/eventually.ts";
import { codeBlocks, readDocument } from "./code-blocks.ts";
import { startShellReaders } from "./shell-readers.ts";
import { shellNames } from "./shells.ts";

const Put = z.object({ response: z.object({ webhookId: z.string(), secretString: z.string() }) });
const Published = z.object({ response: z.object({ messageId: z.string() }) });
const Tested = z.object({ response: z.object({ delivered: z.boolean() }) });

const readers = startShellReaders();

test.for(shellNames)(
  "in %s a receiver for Svix gets the same body, signed with the secret that moved",
  async (shell, { skip }) => {
    const { type, receiver } = readers.in(shell, skip);
    const RECEIVER = `${receiver.url}/svix`;
    const [put = "", publish = ""] = codeBlocks(readDocument("docs/migrate-from-svix.md"), "bash");
    const { secretString } = Put.parse(await type(put, { RECEIVER })).response;
    expect(put).toContain(secretString);
    const { messageId } = Published.parse(await type(publish)).response;
    expect(Published.parse(await type(publish)).response.messageId).toBe(messageId);

    const { headers, body } = await eventually(() => receiver.find("/svix", messageId));
    const payload = '{"type": "invoice.paid", "invoice": 1024}';
    expect(body.toString()).toBe(payload);
    expect(headers["x-tenant"]).toBe("acme");
    expect(new Webhook(secretString).verify(body, headers)).toEqual(JSON.parse(payload));
    const svixHeaders = Object.entries(headers).filter(([name]) => name.startsWith("svix-"));
    const svix = new Svix(secretString);
    expect(() => svix.verify(body, Object.fromEntries(svixHeaders))).not.toThrow();
    expect(() => svix.verify(Buffer.from("{}"), Object.fromEntries(svixHeaders))).toThrow();
  },
);

test.for(shellNames)(
  "in %s a receiver for SNS with raw delivery gets the same body",
  async (shell, { skip }) => {
    const { type, receiver } = readers.in(shell, skip);
    const RECEIVER = `${receiver.url}/sns`;
    // Blocks within a list are indented.
    const page = readDocument("docs/migrate-from-sns.md").replaceAll(/^ {3}/gm, "");
    const [put = "", testNow = "", publish = ""] = codeBlocks(page, "bash");
    const { webhookId, secretString } = Put.parse(await type(put, { RECEIVER })).response;
    receiver.trust("/sns", secretString);
    const tested = await type(testNow, { WEBHOOK: webhookId });
    expect(Tested.parse(tested).response.delivered).toBe(true);

    const answer = await type(publish, { MESSAGE_ID: "165545c9-2a5c-472c-8df2-7ff2be2b3b1b" });
    const { messageId } = Published.parse(answer).response;
    const { refusal, headers, body } = await eventually(() => receiver.find("/sns", messageId));
    expect(refusal).toBeUndefined();
    expect(body.toString()).toBe("order 1024 is paid");
    expect(headers["content-type"]).toMatch(/^text\/plain/);
  },
);
