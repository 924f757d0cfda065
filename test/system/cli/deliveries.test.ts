import { expect, test } from "vitest";
import * as z from "zod/mini";
import { Delivery, DeliverySummary } from "../../../shared/contract/delivery.ts";
import { eventually } from "../../support/eventually.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();

async function put(name: string): Promise<void> {
  const url = `${cli.receiver.url}/${name}`;
  await cli.hookcast.done("webhooks", "put", `c/${name}`, "--topic", name, "--url", url);
}

async function publish(name: string): Promise<string> {
  return (await cli.hookcast.done("publish", `c/${name}`, '{"private":1}')).trim();
}

async function deliveriesOf(name: string, ...options: string[]) {
  const documents = await cli.hookcast.documents("deliveries", "list", `c/${name}`, ...options);
  return z.parse(z.array(DeliverySummary), documents);
}

test("lists, shows and sends again", async () => {
  await put("log");
  const [first, second] = [await publish("log"), await publish("log")];
  await eventually(async () => (await deliveriesOf("log", "--status", "delivered")).length === 2);
  const newest = await deliveriesOf("log", "--limit", "1", "--since", "1h");
  expect(newest.map(({ messageId }) => messageId)).toEqual([second]);
  expect(await deliveriesOf("log", "--until", "2000-01-01")).toEqual([]);

  const shown = await cli.hookcast.documents("deliveries", "show", "c/log", first);
  const [delivery] = z.parse(z.array(Delivery), shown);
  expect(delivery?.attempts).toMatchObject([{ attempt: 1, statusCode: 200, error: null }]);
  await cli.hookcast.done("deliveries", "retry", "c/log", first, second);
  await eventually(() => {
    return cli.receiver.deliveries.filter(({ messageId }) => messageId === first).length === 2;
  });
  const nobody = `msg_${"0".repeat(26)}`;
  const some = await cli.hookcast.run(["deliveries", "retry", "c/log", nobody, second]);
  expect(some).toMatchObject({ exitCode: 8, stdout: `${second} is sent again\n` });
  expect(some.stderr).toMatch(/^msg_0+: .*\nhookcast: not sent again: 1 of 2 deliveries\n$/);
  const one = await cli.hookcast.run(["deliveries", "retry", "c/log", nobody]);
  expect(one).toMatchObject({ exitCode: 3, stdout: "" });
  const unknown = await cli.hookcast.run(["deliveries", "show", "c/log", `msg_${"0".repeat(26)}`]);
  expect(unknown).toMatchObject({ exitCode: 3, stdout: "" });
});

test("tail prints deliveries as they come and change, until Ctrl-C", async () => {
  await put("tail");
  const before = await publish("tail");
  await eventually(async () => (await deliveriesOf("tail")).length === 1);
  const startTail = (...options: string[]) =>
    cli.hookcast.start("deliveries", "tail", "c/tail", ...options);
  await using sinceBefore = startTail("--since", "1h", "--json");
  const lines = () => {
    const documents = sinceBefore.stdout().split("\n").slice(0, -1);
    return z.parse(
      z.array(DeliverySummary),
      documents.map((line) => JSON.parse(line)),
    );
  };
  await eventually(() => lines().length === 1);
  await using tail = startTail();
  await eventually(() => tail.stderr().includes("Following c/tail"));

  cli.status = 500;
  const messageId = await publish("tail");
  await eventually(() => cli.receiver.find("/tail", messageId));
  const secondStatus = Promise.withResolvers<number>();
  cli.status = secondStatus.promise;
  const retrying = new RegExp(`${messageId}  tail  -  retrying  attempt 1  next `);
  await eventually(() => lines().length > 1 && retrying.test(tail.stdout()));
  secondStatus.resolve(200);
  cli.status = 200;
  await eventually(() => lines().length > 2 && tail.stdout().includes("  delivered  "));
  expect(lines()).toMatchObject([
    { messageId: before, status: "delivered" },
    { messageId, status: "retrying" },
    { messageId, status: "delivered" },
  ]);
  expect(tail.stdout()).not.toContain(before);
  await using each = startTail("--since", "1h", "--status", "retrying", "--body");
  await eventually(() => each.stdout().endsWith("\n"));
  expect(each.stdout()).toMatch(
    new RegExp(
      `^\\S+  ${messageId}  tail  -  retrying  attempt 1  500  \\d+ ms  HTTP 500  ".*"\n$`,
    ),
  );
  expect(await each.end("SIGINT")).toBe(0);
  expect(tail.stdout() + sinceBefore.stdout()).not.toContain("private");
  expect(await tail.end("SIGINT")).toBe(0);
  expect(await sinceBefore.end("SIGTERM")).toBe(0);
});

test("recover counts, sends again, and can be followed by its job", async () => {
  await put("gone");
  cli.status = 410;
  await publish("gone");
  await eventually(async () => (await deliveriesOf("gone", "--status", "failed")).length === 1);
  cli.status = 200;
  const recover = ["deliveries", "recover", "c/gone", "--since", "1h"];
  const refused = await cli.hookcast.run(recover);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain("FAILED_PRECONDITION_ERROR");

  await cli.hookcast.done("webhooks", "status", "c/gone", "active");
  const counted = await cli.hookcast.documents(...recover, "--dry-run");
  expect(counted).toMatchObject([{ state: "completed", matched: 1, enqueued: 0, dryRun: true }]);
  const [started] = z.parse(
    z.array(z.object({ jobId: z.string(), enqueued: z.number() })),
    await cli.hookcast.documents(...recover),
  );
  expect(started?.enqueued).toBe(1);
  const job = ["--job", started?.jobId ?? ""];
  expect(await cli.hookcast.documents("deliveries", "recover", "c/gone", ...job)).toMatchObject([
    started,
  ]);
  expect((await cli.hookcast.run(recover.slice(0, 3))).exitCode).toBe(2);
});
