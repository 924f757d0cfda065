import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { moment } from "../../../cli/option-values.ts";
import { tableText } from "../../../cli/output/table.ts";
import { chunked } from "../../../cli/publish/chunks.ts";
import { eachLine, type Reading } from "../../../cli/publish/lines.ts";
import { operationOf } from "../../../cli/with-service.ts";
import { routes } from "../../../shared/contract/routes.ts";

async function* stream<T>(...items: T[]): AsyncGenerator<T, void, void> {
  yield* items;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test("a table fits the terminal, and never cuts what is to be copied", () => {
  const rows = [
    { id: "whk_0123456789", url: "https://a.example/very/long/path", name: "日本\u202e" },
  ];
  const columns = [
    { title: "ID", cell: ({ id }: (typeof rows)[0]) => id, isWhole: true as const },
    { title: "NAME", cell: ({ name }: (typeof rows)[0]) => name },
    { title: "URL", cell: ({ url }: (typeof rows)[0]) => url },
  ];
  expect(tableText(rows, columns, { width: undefined }).split("\n")).toEqual([
    "ID              NAME        URL",
    "whk_0123456789  日本\\u202e  https://a.example/very/long/path",
  ]);
  const [, narrow = ""] = tableText(rows, columns, { width: 44 }).split("\n");
  expect(narrow).toBe("whk_0123456789  日本\\u202e  https://a.examp…");
});

test("columns of a table stay where they are, however wide the characters before them", () => {
  // Ideographs, an emoji newer than most tables of widths, one of several code points, a combining accent.
  const names = ["日本語", "🫠", "👍🏽 ok", "e\u0301te\u0301", "한국", "ﾊﾝｶｸ", "plain"];
  const columns = [
    { title: "NAME", cell: ({ name }: { name: string }) => name },
    { title: "END", cell: () => "|" },
  ];
  const rows = names.map((name) => ({ name }));
  const [, ...lines] = tableText(rows, columns, { width: undefined }).split("\n");
  expect(lines).toEqual([
    "日本語  |",
    "🫠      |",
    "👍🏽 ok   |",
    "e\u0301te\u0301     |",
    "한국    |",
    "ﾊﾝｶｸ    |",
    "plain   |",
  ]);
});

test("a cell that is cut ends with a whole character, and its column stays as wide", () => {
  const columns = [
    { title: "NAME", cell: ({ name }: { name: string }) => name },
    { title: "END", cell: () => "|", isWhole: true as const },
  ];
  const rows = ["日本語日本語", "🇯🇵🇯🇵🇯🇵🇯🇵🇯🇵", "abcdefghij"].map((name) => ({
    name,
  }));
  expect(tableText(rows, columns, { width: 13 }).split("\n")).toEqual([
    "NAME      END",
    "日本語…   |",
    "🇯🇵🇯🇵🇯🇵…   |",
    "abcdefg…  |",
  ]);
});

test("a line ends at a line feed alone, wherever the chunks do", async () => {
  const chunks = ["1\n2\u2028", "3\r\n", "\n", "\n4"].map((text) => Buffer.from(text));
  const lines = await all(eachLine(stream(...chunks), 100));
  expect(lines.map(({ number, bytes }) => [number, bytes?.toString().trim()])).toEqual([
    [1, "1"],
    [2, "2\u20283"],
    [5, "4"],
  ]);
});

test("a line that is too long is named at once, and nothing of it is held", async () => {
  const part = Buffer.alloc(64 * 1_024, "x");
  async function* endless() {
    yield Buffer.from("1\n");
    for (let n = 0; n < 2_000; n += 1) yield part;
    yield Buffer.from("\n3\n");
    for (let n = 0; n < 2_000; n += 1) yield part;
  }
  const before = process.memoryUsage().arrayBuffers;
  const seen: unknown[] = [];
  for await (const { number, bytes, size } of eachLine(endless(), 200_000)) {
    seen.push([number, bytes?.toString() ?? size]);
    // What is held of a line is held while it is told of.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * 1_024 * 1_024);
  }
  const tooLong = 4 * part.length;
  expect(seen).toEqual([
    [1, "1"],
    [2, tooLong],
    [3, "3"],
    [4, tooLong],
  ]);
});

test("a line that has begun is known until its end", async () => {
  const reading: Reading = { begun: undefined };
  const begun: unknown[] = [];
  async function* watched() {
    for (const text of ["1\n", "2", "2", "\n", "\n4"]) {
      yield Buffer.from(text);
      begun.push(reading.begun);
    }
  }
  await all(eachLine(watched(), 100, reading));
  expect(begun).toEqual([undefined, 2, 2, undefined, 4]);
});

describe("a batch of what comes slowly", () => {
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }),
  );
  afterEach(() => void vi.useRealTimers());

  test("goes after 200 ms in which nothing came", async () => {
    const { source, push } = fedStream();
    const chunks = chunked(source);
    const first = chunks.next();
    push(1);
    await vi.advanceTimersByTimeAsync(199);
    push(2);
    await vi.advanceTimersByTimeAsync(199);
    expect(await Promise.race([first, "nothing yet"])).toBe("nothing yet");
    await vi.advanceTimersByTimeAsync(1);
    expect((await first).value).toEqual([{ size: 1 }, { size: 2 }]);
    const second = chunks.next();
    await vi.advanceTimersByTimeAsync(10_000);
    push(3);
    await vi.advanceTimersByTimeAsync(200);
    expect((await second).value).toEqual([{ size: 3 }]);
  });

  test("goes after a second, however steadily the rest comes", async () => {
    const { source, push } = fedStream();
    const first = chunked(source).next();
    for (let n = 0; n < 12; n += 1) {
      push(n);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect((await first).value).toHaveLength(10);
  });
});

/** A stream of what is pushed into it. */
function fedStream() {
  const feed = new PassThrough({ objectMode: true });
  const source: AsyncIterable<{ size: number }> = feed;
  return { source, push: (size: number) => void feed.write({ size }) };
}

test("a batch holds at most 100 messages, and no more bytes than are taken", async () => {
  const sizes = [...Array(250).fill(10), ...Array(5).fill(262_144)];
  const chunks = await all(chunked(stream(...sizes.map((size) => ({ size })))));
  expect(chunks.map((chunk) => chunk.length)).toEqual([100, 100, 53, 2]);
});

test("a time is a span before now, or an ISO 8601 time with its zone", () => {
  const agoMs = Date.now() - Date.parse(moment("90m"));
  expect(Math.round(agoMs / 60_000)).toBe(90);
  expect(moment("2024-01-24T23:20:28Z")).toBe("2024-01-24T23:20:28.000Z");
  expect(moment("2024-01-24T23:20+02:00")).toBe("2024-01-24T21:20:00.000Z");
  expect(moment("2024-01-24")).toBe("2024-01-24T00:00:00.000Z");
  const noTimes = ["soon", "10", "m", "5w", "2024-13-01", "2024-02-31", "2024-01-24T25:00Z"];
  for (const bad of [...noTimes, "2024-01-24T23:20:28", "2024-01-24 (today)", "999999d"]) {
    expect(() => moment(bad)).toThrow("It must be a span before now");
  }
});

test("every operation is known by its request", () => {
  for (const [id, { method, path }] of Object.entries(routes)) {
    const url = `https://api.example/stage${path.replaceAll(/\{\w+\}/g, "a%20b")}?limit=1`;
    expect(operationOf(method, url)).toBe(id);
  }
});
