import { expect, onTestFinished, test } from "vitest";
import { show, usePortal } from "./portal-under-test.ts";

const hookcast = usePortal();

test("a customer whose cache is suspended is not told that the endpoint fails, nor offered to resume", async () => {
  const { webhookId } = await hookcast.putWebhook("stopped", "crm");
  const page = await hookcast.openPortal("stopped", { permissions: ["read", "resend"] });
  const show500 = { state: "held", waiting: 3, lastStatusCode: 500, lastError: "HTTP 500" };
  let nextProbeTime: string | null = null;
  await page.route(/include=health/, async (route) => {
    const json = await (await route.fetch()).json();
    const { health } = json.response;
    if (health) Object.assign(health, show500, { nextProbeTime });
    await route.fulfill({ json });
  });
  onTestFinished(() => page.unrouteAll({ behavior: "ignoreErrors" }));
  await show(page, `#/endpoints/${webhookId}`);
  const notice = page.locator(".banner");
  await notice.waitFor();
  expect(await notice.textContent()).toContain("Deliveries have been paused");
  expect(await notice.textContent()).not.toContain("500");
  expect(await notice.getByRole("button").count()).toBe(0);

  // Where its own receiver is the cause, both are there.
  nextProbeTime = new Date(Date.now() + 600_000).toISOString();
  await show(page, "#/");
  await page.getByRole("heading", { name: "Endpoints" }).waitFor();
  await show(page, `#/endpoints/${webhookId}`);
  await notice.getByText("500").waitFor();
  expect(await notice.getByRole("button").count()).toBe(2);
});
