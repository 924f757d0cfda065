import { expect, test } from "vitest";
import { moment } from "../../cli/moment.ts";
import { operationOf } from "../../cli/operation-of.ts";
import { chunked } from "../../cli/publish/chunks.ts";
import { eachLine } from "../../cli/publish/each-line.ts";
import { tableText } from "../../cli/table.ts";
import { routes } from "../../shared/contract/routes.ts";

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
  expect(tableText(rows, columns, undefined).split("\n")).toEqual([
    "ID              NAME        URL",
    "whk_0123456789  日本\\u202e  https://a.example/very/long/path",
  ]);
  const [, narrow = ""] = tableText(rows, columns, 44).split("\n");
  expect(narrow).toBe("whk_0123456789  日本\\u202e  https://a.examp…");
});

test("a line ends at a line feed alone, wherever the chunks do", async () => {
  const chunks = ["1\n2\u2028", "3\r\n", "\n", "\n4"].map((text) => Buffer.from(text));
  const lines = await all(eachLine(stream(...chunks)));
  expect(lines.map(({ number, bytes }) => [number, bytes.toString().trim()])).toEqual([
    [1, "1"],
    [2, "2\u20283"],
    [5, "4"],
  ]);
});

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
    expect(() => moment(bad)).toThrow("It is a span before now");
  }
});

test("every operation is known by its request", () => {
  for (const [id, { method, path }] of Object.entries(routes)) {
    const url = `https://api.example/stage${path.replaceAll(/\{\w+\}/g, "a%20b")}?limit=1`;
    expect(operationOf(method, url)).toBe(id);
  }
});
