import { expect, test } from "vitest";
import * as z from "zod/mini";
import { MessageId, WebhookId } from "../../../shared/contract/values/ids.ts";

test("accepts a prefix and a ULID", () => {
  expect(z.parse(WebhookId, "whk_01JDB2Q5V8K3M4N6P7R8S9TAVW")).toMatch(/^whk_/);
  expect(z.parse(MessageId, "msg_7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).toMatch(/^msg_/);
});

test.each([
  "",
  "01JDB2Q5V8K3M4N6P7R8S9TAVW",
  "msg_01JDB2Q5V8K3M4N6P7R8S9TAVW",
  "whk_01JDB2Q5V8K3M4N6P7R8S9TAV",
  "whk_01JDB2Q5V8K3M4N6P7R8S9TAVWW",
  "whk_81JDB2Q5V8K3M4N6P7R8S9TAVW",
  "whk_01jdb2q5v8k3m4n6p7r8s9tavw",
  "whk_01JDB2Q5V8K3M4N6P7R8S9TAVI",
  "whk_01JDB2Q5V8K3M4N6P7R8S9TAVU",
  "whk_01JDB2Q5V8K3M4N6P7R8S9TAVW\n",
])("refuses %j as a webhook id", (id) => {
  expect(z.safeParse(WebhookId, id).error?.issues[0]?.message).toBe("is not a webhook id");
});
