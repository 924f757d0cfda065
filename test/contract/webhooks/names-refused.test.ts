import { expect, test } from "vitest";
import { badFields, refusalOf } from "../gateway/refusal.ts";
import { openService } from "../service.ts";
import { listWebhooks, plainBody, putWebhook } from "../webhooks.ts";
import { freshCache } from "./fresh-names.ts";

const { root } = await openService();

const refused = [
  ["too long", "a".repeat(129)],
  ["too many pairs", "\u{1f600}".repeat(129)],
  ["?", "a?b"],
  ["#", "a#b"],
  ["%", "a%b"],
  ["an encoded slash", "a%2Fb"],
  ["\\", "a\\b"],
  ["NUL", "a\0b"],
  ["a tab", "a\tb"],
  ["a line", "a\nb"],
  ["DEL", "a\u007fb"],
  ["a C1 control", "a\u0085b"],
  [".", "."],
  ["..", ".."],
] as const;

test.each(refused)("%s is refused in a name", async (_, name) => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  const json = plainBody;
  const answers = [
    await root.call("putWebhook", { ...id, cacheName: name }, { json }),
    await root.call("putWebhook", { ...id, webhookName: name }, { json }),
    await root.call("putWebhook", id, { json: { ...json, topicName: name } }),
    await root.call("publish", { ...id, topicName: name }, { json: {} }),
    await root.call("listWebhooks", id, { query: { topicName: name } }),
  ];
  expect(answers.map(refusalOf)).toEqual(
    ["cacheName", "webhookName", "topicName", "topicName", "topicName"].map((path) =>
      badFields(path),
    ),
  );
});

test("a slash is refused where it is no separator, and so is half of a pair", async () => {
  const id = { cacheName: freshCache(), webhookName: "w" };
  for (const topicName of ["a/b", "\ud800", "a\udc00b"]) {
    const answer = await root.call("putWebhook", id, { json: { ...plainBody, topicName } });
    expect(refusalOf(answer)).toEqual(badFields("topicName"));
  }
});

test.each([" ", "   ", "\t", "\u00a0", "\u2003\u3000"])(
  "%j is blank, and the message says whose name is",
  async (blank) => {
    const id = { cacheName: freshCache(), webhookName: "w" };
    const messageOf = async (...call: Parameters<typeof root.call>) => {
      const { status, body } = await root.call(...call);
      expect(status).toBe(400);
      return body;
    };
    const says = (message: string) => ({ error: { code: "INVALID_ARGUMENT_ERROR", message } });
    const json = plainBody;
    expect(await messageOf("putWebhook", { ...id, cacheName: blank }, { json })).toMatchObject(
      says("cache name must not be empty"),
    );
    expect(await messageOf("putWebhook", { ...id, webhookName: blank }, { json })).toMatchObject(
      says("webhook name must not be empty"),
    );
    expect(
      await messageOf("putWebhook", id, { json: { ...json, topicName: blank } }),
    ).toMatchObject(says("topic name must not be empty"));
    expect(await messageOf("putWebhook", id, { json: { ...json, topicName: "" } })).toMatchObject(
      says("topic name must not be empty"),
    );
  },
);

test("names are decoded once: what looks encoded after that stays refused or as it is", async () => {
  const cacheName = freshCache();
  const encodedTwice = `/api/v1/caches/${cacheName}/webhooks/a%2542`;
  const answer = await root.send({ method: "DELETE", target: encodedTwice });
  expect(refusalOf(answer)).toEqual(badFields("webhookName"));
  await putWebhook(root, { cacheName, webhookName: "a+b c" });
  expect((await listWebhooks(root, cacheName)).webhooks.map(({ id }) => id.webhookName)).toEqual([
    "a+b c",
  ]);
});
