import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { bundleForBrowsers } from "../../bench/bundles/browser-bundle.ts";
import budgets from "../../bench/bundles/budgets.json" with { type: "json" };
import { scriptedFetch, success } from "./scripted-fetch.ts";

/** What browsers and Node have in common, and nothing that only Node has. */
const webGlobals = {
  ...{ AbortController, Headers, TextDecoder, TextEncoder, URL, Uint8Array, crypto, atob, btoa },
  ...{ clearTimeout, setTimeout },
};

test.each(Object.entries(budgets.clientKilobytes))(
  "%s carries nothing but the client and the endpoints into a browser, in %d kB",
  async (file, budgetKilobytes) => {
    const { kilobytes, inputs } = await bundleForBrowsers(file);
    const foreign = inputs.filter((input) => !/^client\/|^shared\/contract\/endpoints/.test(input));
    expect(foreign).toEqual([]);
    expect(kilobytes).toBeLessThanOrEqual(budgetKilobytes);
  },
);

test("publishes with what a browser has", async () => {
  const { text } = await bundleForBrowsers("create-client");
  const { fetch, requests } = scriptedFetch(success({ messageId: "msg_1" }));
  const program = `${text};
    exported.createClient({ url: "https://api.example", key: "hk_1", fetch })
      .publish({ cacheName: "orders", topicName: "paid", value: { amount: 12 } })`;
  const published = await runInContext(program, createContext({ ...webGlobals, fetch }));
  expect(published).toEqual({ messageId: "msg_1" });
  expect(requests[0]?.body).toBe('{"amount":12}');
});

test("verifies with what a browser has", async () => {
  const { text } = await bundleForBrowsers("verify");
  const program = `${text};
    exported.verify({ body: '{"test": 2432232314}', headers: {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    } }, { secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", toleranceSeconds: 1e10 })`;
  const payload = await runInContext(program, createContext(webGlobals));
  expect(payload).toEqual({ test: 2432232314 });
});
