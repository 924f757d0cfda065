import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();

async function publish(value: string, ...options: string[]): Promise<string> {
  const { stdout } = await cli.hookcast.run(["publish", "kept/t", "-", ...options], {
    stdin: value,
  });
  return stdout.trim();
}

test("shows a message, and its value only where it is asked for, byte for byte", async () => {
  const { hookcast } = cli;
  const value = '{\n  "n": 12345678901234567890,  "x": "a  \\u001b b"\n}\n';
  const messageId = await publish(value, "--event", "invoice.paid", "--product-id", "7");
  const shown = await hookcast.run(["messages", "get", "kept", messageId]);
  expect(shown).toMatchObject({ exitCode: 0 });
  expect(shown.stdout).toMatch(/^topic +kept\/t\nevent +invoice.paid\nproduct +7\n/m);
  expect(shown.stdout).toContain(`${value.length} bytes`);
  expect(shown.stdout).not.toContain("1234567890");
  expect(shown.stderr).toBe(`Its value: hookcast messages get --value kept ${messageId}\n`);
  expect(await hookcast.done("messages", "get", "kept", messageId, "--value")).toBe(value);

  const document = await hookcast.done("messages", "get", "kept", messageId, "--json");
  expect(document.split("\n")).toEqual([expect.stringContaining("12345678901234567890"), ""]);
  expect(JSON.parse(document)).toMatchObject({ messageId, value: JSON.parse(value) });
});

test("gives text and bytes back as they were", async () => {
  const { hookcast } = cli;
  const text = await publish("two\nlines", "--text");
  expect(await hookcast.done("messages", "get", "kept", text, "--value")).toBe("two\nlines");
  const bytes = await publish("\u0000\u0001", "--content-type", "application/octet-stream");
  expect(await hookcast.done("messages", "get", "kept", bytes, "--value")).toBe("\u0000\u0001");
});

test("sends a message again to those where it has failed, or to those that are named", async () => {
  const { hookcast } = cli;
  for (const [name, path] of [
    ["billing", "gone"],
    ["crm", "fine"],
  ] as const) {
    const url = new URL(path, cli.receiver.url).href;
    await hookcast.done("webhooks", "put", `kept/${name}`, "--url", url, "--topic", "sent");
  }
  cli.answers.set("/gone", 410);
  const messageId = (await hookcast.done("publish", "kept/sent", "1")).trim();
  const listed = () => hookcast.done("messages", "deliveries", "kept", messageId);
  await eventually(async () => /billing +failed/.test(await listed()));
  await eventually(async () => /crm +delivered/.test(await listed()));
  const arrived = (path: string) =>
    cli.receiver.deliveries.filter((each) => each.path === path).length;

  cli.answers.delete("/gone");
  await hookcast.done("webhooks", "status", "kept/billing", "active");
  const failed = await hookcast.run(["messages", "retry", "kept", messageId]);
  expect(failed).toMatchObject({ exitCode: 0, stdout: "billing is sent it again\n" });
  await eventually(() => arrived("/gone") === 2);
  await eventually(async () => /billing +delivered/.test(await listed()));
  const none = await hookcast.run(["messages", "retry", "kept", messageId]);
  expect(none).toMatchObject({ exitCode: 0, stdout: "" });
  expect(none.stderr).toBe("No delivery of it has failed.\n");

  await hookcast.done("webhooks", "status", "kept/billing", "inactive");
  const named = await hookcast.run(["messages", "retry", "kept", messageId, "billing", "crm"]);
  expect(named).toMatchObject({ exitCode: 8, stdout: "crm is sent it again\n" });
  expect(named.stderr).toContain("billing: the webhook is inactive (FAILED_PRECONDITION_ERROR)");
  await eventually(() => arrived("/fine") === 2);
  const nobody = await hookcast.run(["messages", "retry", "kept", messageId, "nobody"]);
  expect(nobody).toMatchObject({ exitCode: 3, stdout: "" });
  expect(nobody.stderr).toContain("the message has not gone to nobody");
});

test("tells that there is no such message in the cache", async () => {
  const messageId = await publish("1");
  const refused = await cli.hookcast.run(["messages", "get", "other", messageId, "--value"]);
  expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
  expect(refused.stderr).toContain("NOT_FOUND_ERROR");
});
