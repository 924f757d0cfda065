import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startReceiver } from "../../support/network/receiver.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();
const messageCount = 30;

/** At 0.28 s a key, as somebody types who is no typist, two minutes are this many; Tab and the history save some. */
const maxKeys = 428;

/** What a person types, and how much of it there was. */
function typist() {
  const typed = { commands: 0, keys: 0 };
  const count = (line: string) => {
    typed.commands += 1;
    typed.keys += line.length + 1; // Enter
    return line.split(" ").slice(1);
  };
  return {
    typed,
    run: (line: string) => cli.hookcast.run(count(line)),
    start: (line: string) => cli.hookcast.start(...count(line)),
  };
}

async function publishMany(topic: string): Promise<void> {
  const lines = Array.from({ length: messageCount }, (_, value) => `${value}\n`).join("");
  const published = await cli.hookcast.run(["publish", topic, "--batch", "-"], { stdin: lines });
  expect(published, published.stderr).toMatchObject({ exitCode: 0 });
}

test("the on-call hour: what fails is seen, the URL is fixed, and everything arrives", async () => {
  cli.status = 500;
  const broken = `${cli.receiver.url}/broken`;
  const put = ["webhooks", "put", "acme/erp-connector", "--topic", "orders", "--url", broken];
  await cli.hookcast.done(...put);
  await publishMany("acme/orders");
  await eventually(async () => (await cli.hookcast.run(["status"])).exitCode === 9);

  const { typed, run, start } = typist();
  const ill = await run("hookcast status");
  expect(ill).toMatchObject({ exitCode: 9 });
  expect(ill.stdout).toMatch(/^(failing|held) +acme\/erp-connector +\S+Z +\d+ +HTTP 500$/m);
  const why = await run("hookcast webhooks get acme/erp-connector --health");
  expect(why.stdout).toMatch(/^last error +HTTP 500$/m);
  expect(why.stdout).toContain(`${broken}\n`);
  const list = await run("hookcast deliveries list acme/erp-connector --status retrying");
  expect(list.stdout).toMatch(/^msg_\w+ +retrying .* HTTP 500$/m);

  // The old one goes on failing: what is retried there meanwhile must not count as repaired.
  await using repaired = await startReceiver();
  await run(`hookcast webhooks update acme/erp-connector --url ${repaired.url}/hooks`);
  expect(await run("hookcast webhooks test acme/erp-connector")).toMatchObject({ exitCode: 0 });
  const tail = start("hookcast deliveries tail acme/erp-connector --since 1h");
  onTestFinished(() => tail[Symbol.asyncDispose]());
  const arrived = () => new Set(tail.stdout().match(/msg_\w+(?= {2}orders {2}- {2}delivered)/g));
  await eventually(() => arrived().size === messageCount, { timeoutMs: 60_000 });
  typed.keys += 1; // Ctrl-C
  expect(await tail.end("SIGINT")).toBe(0);
  // A webhook's health is written behind the log of its deliveries.
  await eventually(async () => (await cli.hookcast.run(["status"])).exitCode === 0);
  const well = await run("hookcast status");
  expect(well).toMatchObject({ exitCode: 0 });
  expect(well.stdout).toContain("held 0  failing 0  limited 0  disabled 0  ok 1\n");

  const messages = new Set(repaired.deliveries.map(({ messageId }) => messageId));
  expect(messages.size).toBe(messageCount + 1); // and the test event
  expect(typed.commands).toBeLessThanOrEqual(7);
  expect(typed.keys).toBeLessThanOrEqual(maxKeys);
}, 180_000);

test("what failed for good is recovered by the commands that refusals name", async () => {
  cli.status = 410;
  const url = `${cli.receiver.url}/importer`;
  await cli.hookcast.done("webhooks", "put", "globex/importer", "--topic", "orders", "--url", url);
  await publishMany("globex/orders");
  await eventually(async () => {
    const failed = await cli.hookcast.documents("deliveries", "list", "globex/importer");
    return failed.length === messageCount;
  });
  await eventually(async () => (await cli.hookcast.run(["status"])).stdout.includes("disabled 1"));

  const { typed, run, start } = typist();
  const seen = await run("hookcast status globex");
  expect(seen.stdout).toMatch(/^disabled +globex\/importer .* HTTP 410$/m);
  cli.status = 200;
  const recover = "hookcast deliveries recover globex/importer --since 1h";
  const refused = await run(recover);
  expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
  const [, advised = ""] = /`(hookcast [^`]+)`/.exec(refused.stderr) ?? [];
  expect(await run(advised), advised).toMatchObject({ exitCode: 0 });
  const sent = await run(recover);
  expect(sent).toMatchObject({ exitCode: 0 });
  expect(sent.stdout).toContain(`found       ${messageCount}\n`);
  const tail = start("hookcast deliveries tail globex/importer --since 1h");
  onTestFinished(() => tail[Symbol.asyncDispose]());
  const arrived = () => new Set(tail.stdout().match(/msg_\w+(?= {2}orders {2}- {2}delivered)/g));
  await eventually(() => arrived().size === messageCount, { timeoutMs: 60_000 });
  typed.keys += 1;
  expect(await tail.end("SIGINT")).toBe(0);
  expect(typed.keys).toBeLessThanOrEqual(maxKeys);
}, 180_000);
