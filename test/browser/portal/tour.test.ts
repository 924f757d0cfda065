import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { usePortal } from "./portal-under-test.ts";

const hookcast = usePortal();

test("a customer adds an endpoint, tests it, breaks it, sees why, fixes it and sends again", async () => {
  const { client, receiver } = hookcast;
  const page = await hookcast.openPortal("tour", { topics: ["orders"] });
  await page.getByText("Add your first endpoint").waitFor();
  await page.getByRole("link", { name: "Add endpoint" }).click();

  hookcast.answerWith(404, "no such page");
  await page.getByLabel("URL").fill(`${receiver.url}/hooks`);
  await page.getByLabel("Name (optional)").fill("shop");
  await page.getByRole("button", { name: "Send a test event first" }).click();
  await page.getByText("Your server has nothing at this URL.").waitFor();
  hookcast.answerWith(204);
  await page.getByRole("button", { name: "Send a test event first" }).click();
  await page.getByText(/Your server answered 204/).waitFor();
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await page.getByText("The endpoint is added.").waitFor();
  await page.getByText(/^whsec_/).waitFor();

  await page.getByRole("link", { name: "Deliveries" }).click();
  await page.getByText("No delivery yet").waitFor();
  hookcast.answerWith(500, '{"error":"no such table"}');
  const { messageId } = await client.publish({
    ...{ cacheName: "tour", topicName: "orders", event: "order.paid", value: { amount: 12 } },
  });
  await page.getByRole("link", { name: "order.paid" }).click();
  await page.getByText("Why it failed").waitFor();
  await page.getByText("no such table").waitFor();
  await page.getByRole("button", { name: "Request", exact: true }).click();
  await page.getByText('"amount": 12').waitFor();
  await eventually(async () => (await page.getByText("failed", { exact: true }).count()) > 0);

  hookcast.answerWith(204);
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("Queued. The answer appears here").waitFor();
  await page.getByText("delivered", { exact: true }).waitFor();
  expect(receiver.find("/hooks", messageId)).toBeDefined();
});

test("what a session may not do is not offered", async () => {
  const { webhookId } = await hookcast.putWebhook("reading", "theirs");
  const page = await hookcast.openPortal("reading", { permissions: ["read"] });
  await page.getByRole("link", { name: "theirs" }).waitFor();
  expect(await page.getByRole("link", { name: "Add endpoint" }).count()).toBe(0);
  await page.getByRole("link", { name: "theirs" }).click();
  await page.getByText("No delivery yet").waitFor();
  for (const name of ["Secret", "Send a test event", "Send again"]) {
    expect([name, await page.getByRole("button", { name }).count()]).toEqual([name, 0]);
  }
  expect(await page.getByRole("link", { name: /Edit|Recover/ }).count()).toBe(0);
  await page.evaluate(`location.hash = "#/endpoints/${webhookId}/edit"`);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("You may not do this.").waitFor();
});

test("an endpoint is switched off, edited and deleted", async () => {
  const { client } = hookcast;
  const { webhookId } = await hookcast.putWebhook("managing", "mine");
  const page = await hookcast.openPortal("managing");
  await page.getByRole("link", { name: "mine" }).click();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Switch off" }).click();
  await page.getByText("This endpoint is off and receives nothing.").waitFor();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("radio", { name: /Only these/ }).check();
  await page.getByLabel("Names of events").fill("order.paid, 101");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("No delivery yet").waitFor();
  expect((await client.getWebhookDetails({ webhookId })).events).toEqual(["order.paid", 101]);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Yes, delete it" }).click();
  await page.getByText("Add your first endpoint").waitFor();
});

test("a secret is shown when it is asked for, and rotated in place", async () => {
  await hookcast.putWebhook("secrets", "mine");
  const page = await hookcast.openPortal("secrets");
  await page.getByRole("link", { name: "mine" }).click();
  await page.getByRole("button", { name: "Secret" }).click();
  await page.getByText("SECRET=whsec_•••").waitFor();
  await page.getByRole("button", { name: "Reveal" }).click();
  const secret = await page.locator(".secret code").textContent();
  await page.getByText(`SECRET=${secret}`).waitFor();
  await page.getByRole("button", { name: "Ruby" }).click();
  await page.getByText('require "standardwebhooks"').waitFor();
  await page.getByText("Rotate", { exact: true }).click();
  await page.getByRole("button", { name: "Rotate the secret" }).click();
  await page.getByText("The new secret is active.").waitFor();
  expect(await page.locator(".secret code").textContent()).not.toBe(secret);
});

test("what failed is counted, and then sent again", async () => {
  const { client } = hookcast;
  hookcast.answerWith(500);
  const { webhookId } = await hookcast.putWebhook("recovering", "mine");
  const { messageId } = await client.publish({ cacheName: "recovering", topicName: "t", value: 1 });
  const status = async () => (await client.getDelivery({ webhookId, messageId })).status;
  await eventually(async () => (await status().catch(() => "")) === "failed");
  hookcast.answerWith(204);
  const page = await hookcast.openPortal("recovering");
  await page.getByRole("link", { name: "mine" }).click();
  await page.getByRole("link", { name: "Recover" }).click();
  await page.getByRole("button", { name: "Count first" }).click();
  await page.getByText("1 delivery would be sent.").waitFor();
  await page.getByRole("button", { name: "Send them again" }).click();
  await page.getByText("1 of 1 sent again.").waitFor();
  await eventually(async () => (await status()) === "delivered");
});

test("an operator opens the portal as a customer, and may change nothing there", async () => {
  const cacheName = "looked-at";
  const { webhookId } = await hookcast.putWebhook(cacheName, "billing");
  const page = await hookcast.openSignedIn(cacheName);
  await page.goto(`${hookcast.url}#/caches/${cacheName}/webhooks`);
  const opening = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Open the portal as this customer" }).click();
  const tab = await opening;
  await page.getByText("The portal is open in another tab").waitFor();
  await tab.getByRole("link", { name: "billing" }).click();
  await tab.getByText("No delivery yet").waitFor();
  for (const name of ["Edit", "Recover", "Add endpoint"]) {
    expect(await tab.getByRole("link", { name, exact: true }).count()).toBe(0);
  }
  expect(await tab.getByRole("button", { name: "Secret" }).count()).toBe(0);
  expect(await tab.evaluate("opener")).toBeNull();
  // The service says who opened it, and the session cannot do more than it shows.
  expect(hookcast.run.stdout() + hookcast.run.stderr()).toMatch(
    new RegExp(`"operation":"createPortalSession".*"cacheName":"${cacheName}"`),
  );
  expect((await hookcast.client.getWebhookDetails({ webhookId })).webhookStatus).toBe("active");
});
