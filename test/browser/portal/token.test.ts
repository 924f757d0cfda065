import { expect, test } from "vitest";
import { usePortal } from "./portal-under-test.ts";

const hookcast = usePortal();

test("the token is in no request line, referrer, storage, history or log", async () => {
  await hookcast.putWebhook("tokens", "mine");
  const { url, token } = await hookcast.client.createPortalSession({ cacheName: "tokens" });
  const page = await hookcast.openTab("about:blank");
  const seen: string[] = [];
  page.on("request", (request) => {
    const { authorization: _, ...headers } = request.headers();
    seen.push(request.url(), JSON.stringify(headers), request.postData() ?? "");
  });
  page.on("console", (message) => void seen.push(message.text()));
  await page.goto(url ?? "");
  await page.getByRole("link", { name: "mine" }).click();
  await page.getByRole("button", { name: "Secret" }).click();
  await page.getByRole("button", { name: "Reveal" }).click();
  await page.getByText(/^whsec_/).waitFor();
  seen.push(
    page.url(),
    await page.content(),
    await page.evaluate(
      "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])",
    ),
    JSON.stringify(await page.context().storageState()),
    hookcast.run.stdout(),
    hookcast.run.stderr(),
  );
  expect(seen.length).toBeGreaterThan(10);
  // The request for the page itself has its fragment in the browser's own list alone.
  const told = seen.filter((text) => text.includes(token) && text !== url);
  expect(told).toEqual([]);
  await page.goBack();
  await page.goForward();
  expect(page.url()).not.toContain(token);
});

test("a page that was loaded anew, or without a token, asks to be opened again", async () => {
  const page = await hookcast.openPortal("reloaded");
  await page.reload();
  await page.getByText("Open this page from your account.").waitFor();
});

test("a session that has ended says so, and leads back", async () => {
  const { client } = hookcast;
  const { url } = await client.createPortalSession({
    ...{ cacheName: "ended", returnUrl: "https://app.client.example/" },
  });
  const page = await hookcast.openTab(url ?? "");
  await page.getByText("Add your first endpoint").waitFor();
  await page.route("**/webhooks?*", (route) =>
    route.fulfill({ status: 403, json: { message: "Forbidden" } }),
  );
  await page.getByRole("link", { name: "Events" }).click();
  await page.getByRole("link", { name: "Endpoints", exact: true }).click();
  await page.getByRole("heading", { name: "This session is over" }).waitFor();
  const back = page.getByRole("link", { name: "Return" });
  expect(await back.getAttribute("href")).toBe("https://app.client.example/");
});
