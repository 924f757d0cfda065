import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { freePort } from "../../support/process/free-port.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();

test("a newcomer puts, publishes, sees it fail, fixes the receiver and recovers", async () => {
  const { hookcast, service } = cli;
  const port = String(await freePort());
  const key = { stdin: `${service.key}\n`, env: { HOOKCAST_URL: "", HOOKCAST_KEY: "" } };
  const added = await hookcast.run(["profiles", "add", "here", "--url", service.url], key);
  expect(added, added.stderr).toMatchObject({ exitCode: 0, stdout: "added here\n" });
  const done = (...args: string[]) => hookcast.done("--profile", "here", ...args);

  const url = `http://127.0.0.1:${port}/`;
  await done("webhooks", "put", "tour/billing", "--topic", "paid", "--url", url);
  const listen = ["listen", "--webhook", "tour/billing", "--port", port];
  const broken = hookcast.start(...listen, "--status", "410");
  await eventually(() => broken.stderr().includes("Listening"));
  const messageId = (await done("publish", "tour/paid", '{"amount":12345678901234567890}')).trim();
  await eventually(async () => {
    const list = await done("deliveries", "list", "tour/billing");
    return new RegExp(`^${messageId} +failed +1 `, "m").test(list);
  });
  expect(await done("deliveries", "show", "tour/billing", messageId)).toMatch(/^ *1 .* 410 /m);
  expect(await done("webhooks", "status", "tour/billing")).toBe("inactive (gone)\n");
  expect(await broken.end("SIGINT")).toBe(0);

  await using repaired = hookcast.start(...listen, "--body");
  await eventually(() => repaired.stderr().includes("Listening"));
  await done("webhooks", "status", "tour/billing", "active");
  expect(await done("deliveries", "recover", "tour/billing", "--since", "1h")).toBe(
    "state       completed\nfound       1\nsent again  1\n",
  );
  await eventually(() => repaired.stdout().includes(`${messageId}  `));
  expect(repaired.stdout()).toMatch(
    / {2}verified {2}answered 200 {2}.*"amount":12345678901234567890/,
  );
  await eventually(async () => {
    const list = await done("deliveries", "list", "tour/billing");
    return new RegExp(`^${messageId} +delivered `, "m").test(list);
  });
});
