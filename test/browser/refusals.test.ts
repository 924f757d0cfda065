import { expect, test } from "vitest";
import { lesserKey } from "../support/service/lesser-key.ts";
import { expectAccessible } from "./accessibility.ts";
import { useConsole } from "./console-under-test.ts";

const hookcast = useConsole();

async function signIn(key: string, cacheName: string) {
  const page = await hookcast.openPage();
  await page.getByLabel("API key").fill(key);
  await page.getByLabel("Cache").fill(cacheName);
  await page.getByRole("button", { name: "Sign in" }).click();
  return page;
}

test("a key that the service does not know does not sign in", async () => {
  const page = await signIn("hk_unknown", "mine");
  await page.getByText("The service does not accept this key.").waitFor();
  await expectAccessible(page);
  expect(await page.getByRole("heading", { name: "Sign in" }).isVisible()).toBe(true);
});

test("who may not do something is told which permission is lacking", async () => {
  const page = await signIn(await lesserKey(hookcast.run, "mine", "read"), "mine");
  await page.getByText("no webhooks yet").waitFor();
  await page.getByRole("link", { name: "Publish" }).click();
  // The list has a field for a topic, too.
  await page.getByRole("heading", { name: "Publish a message" }).waitFor();
  await page.getByLabel("Topic").fill("paid");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("This key lacks the permission publish.").waitFor();
  await expectAccessible(page);

  await page.goto(`${hookcast.url}#/caches/theirs/webhooks`);
  await page.getByText("This key does not cover the cache theirs.").waitFor();
});

test("every bad field of a form is told", async () => {
  const page = await hookcast.openSignedIn("mine");
  await page.goto(`${hookcast.url}#/caches/mine/new`);
  await page.getByLabel("Name").fill("bad");
  await page.getByRole("textbox", { name: "Topic" }).fill("paid");
  await page.getByLabel("URL").fill("ftp://receiver.example");
  await page.getByLabel("Events").fill("-1, invoice.paid");
  await page.getByRole("button", { name: "Create the webhook" }).click();
  await page.getByText("destination.postUrl").waitFor();
  expect(await page.getByRole("alert").textContent()).toContain("events");
});

test("a webhook that has the name already is not replaced unseen", async () => {
  const { client, receiver } = hookcast;
  const { webhookId } = await hookcast.putWebhook("mine", "taken");
  const page = await hookcast.openSignedIn("mine");
  await page.goto(`${hookcast.url}#/caches/mine/new`);
  await page.getByLabel("Name").fill("taken");
  await page.getByRole("textbox", { name: "Topic" }).fill("other");
  await page.getByLabel("URL").fill(`${receiver.url}/other`);
  await page.getByRole("button", { name: "Create the webhook" }).click();
  await page.getByText("This cache has a webhook taken already.").waitFor();
  expect((await client.getWebhookDetails({ webhookId })).topicName).toBe("t");
});

test("somebody else’s change is not overwritten", async () => {
  const { client } = hookcast;
  const { webhookId } = await hookcast.putWebhook("mine", "shared");
  const page = await hookcast.openSignedIn("mine");
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}/edit`);
  await page.getByLabel("Events").fill("mine.first");
  const { config } = await client.getWebhookDetails({ webhookId });
  await client.updateWebhookDetails({ webhookId, productId: 7, events: [101], config });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Somebody else has changed it.").waitFor();
  expect((await client.getWebhookDetails({ webhookId })).events).toEqual([101]);
});

test("a service that does not answer is told from one that refuses", async () => {
  const page = await hookcast.openSignedIn("mine");
  await page.context().setOffline(true);
  await page.goto(`${hookcast.url}#/caches/mine/publish/paid`);
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("The service did not answer.").waitFor();
});

test("a recovery beside one that runs is refused, and the running one can be followed", async () => {
  const { webhookId } = await hookcast.putWebhook("mine", "recovering");
  const { jobId } = await hookcast.client.recoverDeliveries({
    ...{ webhookId, since: new Date(Date.now() - 60_000).toISOString() },
    ...{ mode: "failed", dryRun: true },
  });
  const message = `recovery ${jobId} of this webhook is running; wait until it has ended`;
  const error = {
    ...{ code: "FAILED_PRECONDITION_ERROR", message },
    details: [{ path: "jobId", message: jobId }],
  };
  const page = await hookcast.openSignedIn("mine");
  // No recovery of the local run lasts as long as a test may need.
  await page.route("**/recover", (route) =>
    route.fulfill({ status: 409, json: { status: "error", error } }),
  );
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}/recover`);
  await page.getByRole("button", { name: "Send them again" }).click();
  await page.getByText(`Recovery ${jobId} of this webhook is running`).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "See its progress" }).click();
  await page.getByText("0 deliveries would be sent.").first().waitFor();
});
