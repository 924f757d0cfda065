import { expect, test } from "vitest";
import { createClient } from "../../../client/create-client.ts";
import { HookcastError } from "../../../client/errors.ts";
import { webhookId } from "../samples.ts";
import { refusal, scriptedFetch } from "./scripted-fetch.ts";

async function errorFrom(reply: Response): Promise<unknown> {
  const { fetch } = scriptedFetch(reply);
  const hookcast = createClient({ url: "https://api.example", key: "hk_1", fetch });
  return await hookcast.getWebhookDetails({ webhookId }).catch((error: unknown) => error);
}

test("tells everything that the service says of a refusal", async () => {
  const error = {
    code: "INVALID_ARGUMENT_ERROR",
    message: "the request is not valid",
    details: [{ path: "config.url", message: "is required" }],
  };
  const thrown = await errorFrom(refusal(400, error, { "x-request-id": "r1" }));
  expect(thrown).toBeInstanceOf(HookcastError);
  expect(thrown).toMatchObject({ ...error, status: 400, requestId: "r1", tries: 1 });
});

test("tells what the gateway says by itself, which has no code", async () => {
  const thrown = await errorFrom(Response.json({ message: "Forbidden" }, { status: 403 }));
  expect(thrown).toBeInstanceOf(HookcastError);
  expect(thrown).toMatchObject({ status: 403, code: undefined, details: [] });
  expect(thrown).toHaveProperty("message", "the API key is unknown, expired or revoked");
});

test.each([
  ["a page of a proxy", "<html>", 500],
  ["a success that is no answer", "<html>", 200],
  ["a success that is no object", "null", 200],
  ["a success of something else", '{"hello":"world"}', 200],
])("takes %s for an error", async (_, text, status) => {
  const thrown = await errorFrom(new Response(text, { status }));
  expect(thrown).toBeInstanceOf(HookcastError);
  expect(thrown).toMatchObject({ status, message: `answered ${status}, and not as Hookcast does` });
});
