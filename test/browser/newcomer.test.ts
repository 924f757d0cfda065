import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { expectAccessible } from "./accessibility.ts";
import { useConsole } from "./console-under-test.ts";
import { keepScreenshot } from "./screenshots.ts";

const hookcast = useConsole();

test("a newcomer puts a webhook, sees it fail, fixes the receiver and sees it delivered", async () => {
  const { receiver } = hookcast;
  hookcast.answerWith(500, "the database is down");
  const page = await hookcast.openPage();
  const look = async (name: string) => {
    await expectAccessible(page);
    await keepScreenshot(page, name);
  };

  await look("1-sign-in");
  await page.getByLabel("API key").fill(hookcast.run.key);
  await page.getByLabel("Cache").fill("tour");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("This cache has no webhooks yet.").waitFor();
  await look("2-empty");

  await page.getByRole("link", { name: "New webhook" }).click();
  await page.getByLabel("Name").fill("billing");
  await page.getByRole("textbox", { name: "Topic" }).fill("paid");
  await page.getByLabel("URL").fill(`${receiver.url}/tour`);
  await look("3-new-webhook");
  await page.getByRole("button", { name: "Create the webhook" }).click();
  await page.getByRole("heading", { name: "billing is created" }).waitFor();
  receiver.trust("/tour", (await page.getByText(/^whsec_/).textContent()) ?? "");
  await page.getByRole("link", { name: "Go to the webhook" }).click();
  await page.getByText("Nothing has been delivered yet.").waitFor();
  await look("4-webhook");

  await page.getByRole("link", { name: "Publish a message" }).click();
  await page.getByLabel("Value").fill('{"orderId": 12345678901234567890}');
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("heading", { name: "Accepted" }).waitFor();
  await look("5-published");
  await page.getByRole("link", { name: "Delivery to billing" }).click();

  // The screen follows the delivery: nobody reloads it.
  await page.getByText("HTTP 500").first().waitFor();
  await page.getByText("the database is down").first().waitFor();
  await look("6-failed");
  await page.getByRole("link", { name: /^msg_/ }).click();
  await page.getByText("12345678901234567890").first().waitFor();
  await look("6-message");
  await page.goBack();
  await page.getByRole("heading", { name: "Delivery" }).waitFor();
  await eventually(() => receiver.deliveries.length === 2);
  expect(receiver.deliveries.map(({ refusal }) => refusal)).toEqual([undefined, undefined]);

  hookcast.answerWith(200, "welcome back");
  await page.getByRole("link", { name: "billing", exact: true }).click();
  await page.getByRole("cell", { name: "failed" }).waitFor();
  await look("7-deliveries");
  await page.getByRole("link", { name: "Recover" }).click();
  await page.getByRole("button", { name: "Count only" }).click();
  await page.getByText("1 delivery would be sent.").first().waitFor();
  expect(receiver.deliveries).toHaveLength(2);
  await look("8-counted");
  await page.getByRole("button", { name: "Send them again" }).click();
  await page.getByText("1 of 1 sent again.").first().waitFor();
  await look("9-recovered");

  await page.getByRole("link", { name: "billing", exact: true }).click();
  await page.getByRole("cell", { name: "delivered" }).waitFor();
  await page.getByRole("link", { name: /^msg_/ }).click();
  await page.getByText("welcome back").waitFor();
  await look("10-delivered");

  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("1 since it was sent again, 4 in all").waitFor();
  expect(receiver.deliveries[3]).toMatchObject({ refusal: undefined, path: "/tour" });
});
