import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { startCliRun } from "./run.ts";

const cli = startCliRun();

beforeAll(async () => {
  await cli.hookcast.done(
    ...["webhooks", "put", "c/raw", "--topic", "t", "--url", `${cli.receiver.url}/raw`],
    ...["--format", "raw"],
  );
});

/** What the receiver got as the body of a message. */
async function receivedBody(messageId: string): Promise<string> {
  const delivery = await eventually(() => cli.receiver.find("/raw", messageId));
  return delivery.body.toString();
}

async function fileWith(text: string): Promise<string> {
  const file = join(cli.service.dataDir, "values.ndjson");
  await writeFile(file, text);
  return file;
}

test("publishes an argument, a file and stdin byte for byte", async () => {
  const value = '{ "id" : 12345678901234567890 }';
  const file = await fileWith(value);
  const ways: [string[], string?][] = [[[value]], [["--file", file]], [["-"], value], [[], value]];
  for (const [way, stdin = ""] of ways) {
    const { stdout } = await cli.hookcast.run(["publish", "c/t", ...way], { stdin });
    expect(await receivedBody(stdout.trim())).toBe(value);
  }
  const [published] = await cli.hookcast.documents("publish", "c/t", "no JSON", "--text");
  expect(published).toEqual({ messageId: expect.stringMatching(/^msg_/) });
});

test("publishes once under one idempotency key", async () => {
  const publish = () => cli.hookcast.done("publish", "c/t", "1", "--idempotency-key", "once");
  expect(await publish()).toBe(await publish());
});

test("says that a value is not JSON, and not what it is", async () => {
  const refused = await cli.hookcast.run(["publish", "c/t", "private"]);
  expect(refused).toEqual({
    exitCode: 2,
    stdout: "",
    stderr:
      "hookcast: the value is not JSON\n--text publishes text, --content-type anything else.\n",
  });
});

test("publishes each line of a file but bad ones, which it names", async () => {
  const lines = Array.from({ length: 250 }, (_, index) => `{"n":1234567890123456789${index}}`);
  lines[6] = "oops";
  lines[249] = `"${"x".repeat(262_144)}"`;
  const file = await fileWith(`${lines.join("\n")}\n`);
  const batch = ["publish", "c/t", "--batch", file, "--idempotency-key", "file"];
  const { exitCode, stdout, stderr } = await cli.hookcast.run(batch);
  expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: "published 248 of 250\n" });
  expect(stderr).toMatch(
    /^line 7: is not JSON\nline 250: .*262.*\nhookcast: not published: 2 of 250 lines\n/,
  );

  const again = await cli.hookcast.run([...batch, "--json"]);
  const results = again.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(results.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
  expect(results[6]).toEqual({ line: 7, error: { message: "is not JSON" } });
  expect(await receivedBody(results[200].messageId)).toBe(lines[200]);
  expect(JSON.parse(again.stderr)).toMatchObject({ error: { exit: "incomplete" } });
  await eventually(() => cli.receiver.find("/raw", results[248].messageId));
  const count = new Set(cli.receiver.deliveries.map(({ messageId }) => messageId)).size;
  expect(count).toBeLessThan(300); // the second run published nothing anew
});

test("publishes entries with what each says of itself", async () => {
  const entries = [
    '{"event":"order.paid","value":{"id":12345678901234567890}}',
    '{"text":"plain"}',
    '{"value":1,"foo":2}',
    "7",
  ];
  const batch = ["publish", "c/t", "--batch", "-", "--entries", "--json"];
  const { exitCode, stdout } = await cli.hookcast.run(batch, { stdin: entries.join("\n") });
  expect(exitCode).toBe(8);
  const [first, second, third, fourth] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(await receivedBody(first.messageId)).toBe('{"id":12345678901234567890}');
  expect(await receivedBody(second.messageId)).toBe("plain");
  expect(third).toEqual({ line: 3, error: { message: "is no entry: it has foo" } });
  expect(fourth.error).toEqual({ message: 'is no entry: it is not {"value": …}' });
});

test("refuses what it would have to leave unused, and what no message can be", async () => {
  const large = await fileWith(`"${"x".repeat(262_144)}"`);
  const wrong: [string[], string][] = [
    [["1", "--batch", large], "give a value or --batch, not both"],
    [["1", "--entries"], "--entries is for the lines of a --batch"],
    [["--batch", large, "--text"], "option '--batch <file>' cannot be used with option '--text'"],
    [["--batch", cli.service.dataDir], `${cli.service.dataDir} cannot be read: EISDIR`],
    [["--file", large], "the value has 262146 bytes, and a message at most 262144"],
    [["\ufeff1"], "the value is not JSON"],
  ];
  for (const [options, message] of wrong) {
    const refused = await cli.hookcast.run(["publish", "c/t", ...options]);
    expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
    expect(refused.stderr.split("\n")[0]).toBe(`hookcast: ${message}`);
  }
});

test("Ctrl-C ends a batch that waits for more of its lines", async () => {
  await using batch = cli.hookcast.start("publish", "c/none", "--batch", "-", "--json");
  batch.child.stdin?.write("1\n".repeat(101));
  await eventually(() => batch.stdout().includes('"line":100,'));
  expect(await batch.end("SIGINT")).toBe(130);
});

test("does not call a batch done whose results nobody reads to the end", async () => {
  await using batch = cli.hookcast.start("publish", "c/none", "--batch", "-", "--json");
  batch.child.stdin?.write("1\n".repeat(101));
  await eventually(() => batch.stdout().includes('"line":100,'));
  batch.child.stdout?.destroy();
  batch.child.stdin?.write("1\n".repeat(100));
  expect(await batch.exited).toBe(130);
});

test("publishes lines that come slowly, and names what was cut off at Ctrl-C", async () => {
  await using batch = cli.hookcast.start("publish", "c/t", "--batch", "-");
  batch.child.stdin?.write('{"slow":1}\n');
  await eventually(() => cli.receiver.deliveries.some(({ body }) => `${body}` === '{"slow":1}'));
  // A message may be delivered before its publisher is told so: what is refused behind it shows that this has come.
  batch.child.stdin?.write('{"slow":2}\nnone\n{"slow"');
  await eventually(() => batch.stderr().includes("line 3: "));
  expect(await batch.end("SIGINT")).toBe(130);
  expect(batch.stderr()).toContain("Not published: line 4, and what follows.");
});

test("names a line of stdin that is too long while the rest of it still comes", async () => {
  await using batch = cli.hookcast.start("publish", "c/none", "--batch", "-");
  batch.child.stdin?.write(`1\n${"x".repeat(3_000_000)}`);
  await eventually(() => batch.stderr().includes("line 2: is too large: more than 524288 bytes"));
  batch.child.stdin?.end("x\n3\n");
  expect(await batch.exited).toBe(8);
  expect(batch.stdout()).toBe("published 2 of 3\n");
});

test("holds no more of a value from stdin than a message may have", async () => {
  await using publish = cli.hookcast.start("publish", "c/t", "-");
  publish.child.stdin?.on("error", () => undefined).write("1".repeat(1_000_000));
  expect(await publish.exited).toBe(2);
  expect(publish.stderr()).toBe("hookcast: the value has more than 262144 bytes\n");
});
