import { expect, test } from "vitest";
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

test("tells that there is no such message in the cache", async () => {
  const messageId = await publish("1");
  const refused = await cli.hookcast.run(["messages", "get", "other", messageId, "--value"]);
  expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
  expect(refused.stderr).toContain("NOT_FOUND_ERROR");
});
