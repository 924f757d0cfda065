import { createHmac } from "node:crypto";
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

test.for(shellNames)(
  "in %s receivers for Convoy find its signatures, the advanced and the simple one",
  async (shell, { skip }) => {
    const { type, receiver } = readers.in(shell, skip);
    const blocks = codeBlocks(readDocument("docs/migrate-from-convoy.md"), "bash");
    const [advanced = "", simple = "", publish = ""] = blocks;
    for (const put of [advanced, simple]) {
      const { secretString } = Put.parse(
        await type(put, { RECEIVER: `${receiver.url}/convoy` }),
      ).response;
      expect(put).toContain(secretString);
    }
    const { messageId } = Published.parse(await type(publish)).response;
    const hmac = (text: string) => hexHmac("a-secret-from-convoy", text);

    const first = await eventually(() => receiver.find("/convoy/advanced", messageId));
    const [, time = "", signature] =
      /^t=(\d+),v1=(.+)$/.exec(first.headers["x-convoy-signature"] ?? "") ?? [];
    expect(signature).toBe(hmac(`${time},${first.body}`));
    expect(first.headers["x-convoy-event-id"]).toBe(messageId);
    const second = await eventually(() => receiver.find("/convoy/simple", messageId));
    expect(second.headers["x-convoy-signature"]).toBe(hmac(second.body.toString()));
    expect(second.headers["webhook-signature"]).toBeUndefined();
  },
);

test.for(shellNames)(
  "in %s receivers for Outpost find its signature and headers, also those of a template",
  async (shell, { skip }) => {
    const { type, receiver } = readers.in(shell, skip);
    const blocks = codeBlocks(readDocument("docs/migrate-from-outpost.md"), "bash");
    const [users = "", templates = "", publish = ""] = blocks;
    for (const put of [users, templates]) {
      Put.parse(await type(put, { RECEIVER: `${receiver.url}/outpost` }));
    }
    const { messageId } = Published.parse(await type(publish)).response;
    const hmac = (text: string) => hexHmac("a-secret-from-outpost", text);

    const first = await eventually(() => receiver.find("/outpost/users", messageId));
    expect(first.headers["x-outpost-signature"]).toBe(`v0=${hmac(first.body.toString())}`);
    expect(JSON.parse(first.body.toString())).toMatchObject({ user_id: "usr_789" });
    const second = await eventually(() => receiver.find("/outpost/templates", messageId));
    const [, time = "", signature] =
      /^t=(\d+),v0=(.+)$/.exec(second.headers["x-outpost-signature"] ?? "") ?? [];
    expect(signature).toBe(hmac(`${time}.${second.body}`));
    for (const { headers } of [first, second]) {
      expect(headers["x-outpost-event-id"]).toBe(messageId);
      expect(headers["x-outpost-topic"]).toBe("user.created");
      expect(Date.parse(headers["x-outpost-timestamp"] ?? "")).toBeGreaterThan(0);
    }
  },
);

/** As both services compute it, independently of ours. */
function hexHmac(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}
