import { expect, test } from "vitest";
import { parseTailArguments } from "../../../ops/tail/arguments.ts";
import { lineAsJson, lineAsText, type TailLine } from "../../../ops/tail/line.ts";
import { lookBackMs, maxLookBackMs } from "../../../ops/tail/look-back.ts";
import { followOn } from "../../../ops/tail/loop.ts";
import { messageId, webhookId } from "../samples.ts";

const line: TailLine = {
  timeMs: Date.UTC(2024, 0, 24, 23, 20, 28, 50),
  messageId,
  topicName: "paid",
  event: 101,
  status: "retrying",
  attempt: 2,
  statusCode: 500,
  latencyMs: 12,
  error: "HTTP 500",
  responseBody: "oops",
};

test("a line for people holds the attempt, and the answer only on demand", () => {
  const text = `2024-01-24T23:20:28.050Z  ${messageId}  paid  101  retrying  attempt 2  500  12 ms  HTTP 500`;
  expect(lineAsText(line, false)).toBe(text);
  expect(lineAsText(line, true)).toBe(`${text}  "oops"`);
});

test("a line for programs is one JSON object, with the answer only on demand", () => {
  const { timeMs: _, responseBody, ...rest } = line;
  const shown = { time: "2024-01-24T23:20:28.050Z", ...rest };
  expect(JSON.parse(lineAsJson(line, false))).toEqual(shown);
  expect(JSON.parse(lineAsJson(line, true))).toEqual({ ...shown, responseBody });
});

test("nothing in a line can draw on the terminal or turn it around", () => {
  const hostile = {
    ...line,
    topicName: "a\u202eb\u009bc",
    responseBody: "\u001b[2J\n\u{e0001}\u2028",
  };
  for (const text of [lineAsText(hostile, true), lineAsJson(hostile, true)]) {
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  }
  expect(JSON.parse(lineAsJson(hostile, true))).toMatchObject({
    topicName: hostile.topicName,
    responseBody: hostile.responseBody,
  });
});

test("looks go back a minute, and at times much further, but four minutes on average", () => {
  const looks = Array.from({ length: 64 }, (_, n) => lookBackMs(n + 1));
  expect(looks.slice(0, 8).map((ms) => ms / 60_000)).toEqual([1, 2, 1, 4, 1, 2, 1, 8]);
  expect(looks.at(-1)).toBe(maxLookBackMs);
  expect(looks.reduce((sum, ms) => sum + ms, 0) / 64 / 60_000).toBe(4);
});

/** Follows with these results of looks, and gives the pauses between them. */
async function pausesAfter(looks: (readonly TailLine[] | Error)[]) {
  const pausesMs: number[] = [];
  const printed: TailLine[] = [];
  const told: string[] = [];
  const rest = [...looks];
  const look = async () => {
    const next = rest.shift() ?? [];
    if (next instanceof Error) throw next;
    return [...next];
  };
  await followOn(
    { look },
    {
      print: async (each) => void printed.push(each),
      tell: (sentence) => told.push(sentence),
      pause: async (ms) => pausesMs.push(ms) < looks.length,
    },
  );
  return { pausesMs, printed, told };
}

test("it looks less and less often while there is no news, and soon again when there is", async () => {
  const silence: TailLine[][] = Array.from({ length: 12 }, () => []);
  const { pausesMs, printed } = await pausesAfter([[line], ...silence, [line]]);
  expect(printed).toEqual([line, line]);
  expect(pausesMs.slice(0, 3)).toEqual([2_000, 2_500, 3_125]);
  expect(pausesMs.slice(-2)).toEqual([15_000, 2_000]);
});

test("a log that cannot be read just now is told of and read again later", async () => {
  const throttled = Object.assign(new Error("slow down"), { name: "ThrottlingException" });
  const { pausesMs, printed, told } = await pausesAfter([throttled, [line]]);
  expect(pausesMs).toEqual([15_000, 2_000]);
  expect([printed, told.length]).toEqual([[line], 1]);
  await expect(pausesAfter([new Error("forbidden")])).rejects.toThrow("forbidden");
});

test("says what is wrong with its arguments", () => {
  expect(() => parseTailArguments([])).toThrow("usage:");
  expect(() => parseTailArguments(["--webhook", "billing"])).toThrow(
    "--webhook is not a webhook id",
  );
  const refused = (...args: string[]) =>
    expect(() => parseTailArguments(["--webhook", webhookId, ...args]));
  refused("--since", "soon").toThrow("--since is not a time span");
  refused("--status", "lost").toThrow("--status");
  refused("--bodies").toThrow("--bodies");
  expect(parseTailArguments(["--webhook", webhookId, "--since", "90m", "--json"])).toEqual({
    ...{ webhook: webhookId, status: undefined, since: 90 * 60_000 },
    ...{ json: true, body: false, help: false },
  });
});
