import type { Route } from "playwright-core";
import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { issue } from "../support/network/certificates.ts";
import { useConsole } from "./console-under-test.ts";
import { faultsOf } from "./layout-faults.ts";

const hookcast = useConsole();

test("a webhook is changed, switched off and on, given another secret, and deleted", async () => {
  const { client } = hookcast;
  const { webhookId } = await hookcast.putWebhook("manage", "managed");
  const { secret } = await client.getWebhookSecret({ cacheName: "manage", webhookName: "managed" });
  const page = await hookcast.openSignedIn("manage");
  await page.getByRole("link", { name: "managed" }).click();

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Topic" }).fill("paid");
  await page.getByLabel("Events").fill("invoice.paid, 101");
  await page.getByLabel("Format").selectOption("raw");
  await page.getByLabel("Headers").fill("x-tenant: acme");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("The changes are saved.").waitFor();
  const saved = page.getByRole("region", { name: "What was saved" });
  await saved.waitFor();
  const told = (await saved.getByRole("definition").allTextContents()).join("\n");
  expect(told).toBe("t → paid\nevery event → invoice.paid, 101\nstandard → raw\nnot sent → •••");
  expect(await saved.textContent()).not.toContain("acme");
  await saved.getByRole("button", { name: "Close" }).click();
  await saved.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Settings" }).click();
  expect(await client.getWebhookDetails({ webhookId })).toMatchObject({
    topicName: "paid",
    events: ["invoice.paid", 101],
    config: { format: "raw", customHeaders: { "x-tenant": "acme" } },
  });

  await page.getByRole("button", { name: "Switch off" }).click();
  await page.getByText("The webhook is switched off.").first().waitFor();
  await page.getByText("disabled", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByText("ok", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Secret", exact: true }).click();
  await page.getByRole("button", { name: "Rotate…" }).click();
  await page.getByLabel("Hours with both signatures").fill("1");
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  await page.getByText("The new secret is active.").waitFor();
  const shown = await page.getByText(/^whsec_/).textContent();
  expect(shown).not.toBe(secret);
  expect(await client.getWebhookSecret({ cacheName: "manage", webhookName: "managed" })).toEqual(
    expect.objectContaining({ secret: shown }),
  );

  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  expect((await client.getWebhookDetails({ webhookId })).webhookStatus).toBe("active");
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("managed is deleted.").waitFor();
  await page.getByText("This cache has no webhooks yet.").waitFor();
});

test("who has rotated a secret goes on with the webhook as it then is", async () => {
  const { webhookId } = await hookcast.putWebhook("rotate", "rotated");
  const page = await hookcast.openSignedIn("rotate");
  await page.getByRole("link", { name: "rotated" }).click();
  await page.getByRole("button", { name: "Secret", exact: true }).click();
  await page.getByRole("button", { name: "Rotate…" }).click();
  const reloads: Route[] = [];
  // The details, and not the health, which is asked for again and again.
  await page.route(`**/Webhooks/${webhookId}`, (route) => void reloads.push(route));
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  await eventually(() => reloads.length === 1);
  expect(await page.getByRole("dialog").isVisible()).toBe(true);

  await reloads[0]?.continue();
  await page.getByText("The new secret is active.").waitFor();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("rotated is deleted.").waitFor();
});

test("the form takes a client certificate, and never shows its private key", async () => {
  const { webhookId } = await hookcast.putWebhook("certify", "certified");
  const page = await hookcast.openSignedIn("certify");
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}/edit`);
  await page.getByText("Client certificate (optional)").click();
  const { cert, key } = issue("console", { untilMs: Date.UTC(2099, 0, 1) });
  await page.getByLabel("Certificate", { exact: true }).fill(cert);
  await page.getByLabel("Private key").fill(key);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("The changes are saved.").waitFor();
  const stored = async () =>
    (await hookcast.client.getWebhookDetails({ webhookId })).config.clientCertificate;
  expect(await stored()).toEqual({ certificatePem: cert, privateKeyPem: "•••" });

  await page.goto(`${hookcast.url}#/webhooks/${webhookId}/edit`);
  await page.getByLabel("Certificate", { exact: true }).waitFor();
  expect(await page.getByLabel("Private key").inputValue()).toBe("");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("The changes are saved.").waitFor();
  expect(await stored()).toEqual({ certificatePem: cert, privateKeyPem: "•••" });
});

test("the form asks for what a kind of authorization needs, and for nothing else", async () => {
  const { client } = hookcast;
  const { webhookId } = await hookcast.putWebhook("authorize", "authorized");
  const page = await hookcast.openSignedIn("authorize");
  await page.goto(`${hookcast.url}#/webhooks/${webhookId}/edit`);
  const kind = page.getByLabel("Authorization");
  const asked = () => page.locator("[name^=auth]:not([name=authType])").count();
  const fields = { none: 0, bearer: 1, basic: 2, oauth2: 6 };
  for (const [type, count] of Object.entries(fields)) {
    await kind.selectOption(type);
    await eventually(async () => (await asked()) === count);
  }
  expect(await faultsOf(page)).toEqual([]);

  await kind.selectOption("basic");
  await page.getByLabel("User").fill("ada");
  await page.getByLabel("Password").fill("lovelace");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("The changes are saved.").waitFor();
  const { config } = await client.getWebhookDetails({ webhookId });
  expect(config.auth).toEqual({ type: "basic", username: "ada", password: "•••" });

  await page.goto(`${hookcast.url}#/webhooks/${webhookId}/edit`);
  await page.getByText("Never shown again. Empty: no change.").waitFor();
  expect(await page.getByLabel("User").inputValue()).toBe("ada");
});
