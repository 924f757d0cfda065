import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { CountedRun } from "../../steps/count-tests.ts";
import { trySecondTime } from "../../steps/second-try.ts";
import type { Tally } from "../../steps/tally.ts";

const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "log").mockImplementation((line) => void said.push(line));
  onTestFinished(() => void vi.restoreAllMocks());
});

const timeout = { name: "a late", reason: "timed out\nat line 7" };
const tally = (parts: Partial<Tally>): Tally => ({
  ...{ passed: 0, failures: [], skipped: [], unsteady: [] },
  ...parts,
});
const steady = tally({ passed: 5 });
const unlucky = tally({ passed: 2, failures: [timeout] });
const ran = (files: Record<string, Tally>, outside: CountedRun["outside"] = []): CountedRun => ({
  ...{ files: new Map(Object.entries(files)), outside },
});
const never = () => expect.unreachable("there is nothing to run again");

/** What becomes of the one file that failed, and of another one. */
async function afterwards(second: CountedRun): Promise<Tally> {
  return await trySecondTime(ran({ a: unlucky, b: steady }), async (files) => {
    expect(files).toEqual(["a"]);
    return second;
  });
}

test("what passes the second time counts as passed, and is told", async () => {
  expect(await afterwards(ran({ a: tally({ passed: 3 }) }))).toEqual(
    tally({ passed: 8, unsteady: [timeout] }),
  );
  expect(said.at(-1)).toBe("passed the second time: a late: timed out");
});

test("what fails both times has failed, with both errors", async () => {
  const worse = { name: "a late", reason: "refused" };
  expect(await afterwards(ran({ a: tally({ passed: 2, failures: [worse] }) }))).toEqual(
    tally({
      passed: 7,
      failures: [{ name: "a late", reason: "timed out\nat line 7\nand the second time: refused" }],
    }),
  );
});

test("a file in which another test fails the second time has not passed", async () => {
  const other = { name: "a other", reason: "refused" };
  const { passed, failures, unsteady } = await afterwards(
    ran({ a: tally({ passed: 2, failures: [other] }) }),
  );
  expect({ passed, unsteady }).toEqual({ passed: 6, unsteady: [] });
  expect(failures.map(({ name }) => name)).toEqual(["a late", "a other"]);
});

test("a failure does not become a skip", async () => {
  const skip = { name: "a late", reason: "no network" };
  const { failures, skipped } = await afterwards(ran({ a: tally({ passed: 2, skipped: [skip] }) }));
  expect(failures).toEqual([
    { name: "a late", reason: "timed out\nat line 7\nand the second time: no network" },
  ]);
  expect(skipped).toEqual([]);
});

test("a file that does not come again keeps its failure", async () => {
  expect(await afterwards(ran({}))).toEqual(tally({ passed: 7, failures: [timeout] }));
});

test("an error outside of the files is a failure of either run", async () => {
  const outside = [{ name: "outside every test", reason: "out of memory" }];
  const first = ran({ a: unlucky }, outside);
  const second = ran({ a: tally({ passed: 3 }) }, outside);
  const { failures } = await trySecondTime(first, async () => second);
  expect(failures).toEqual([...outside, ...outside]);
});

test("more than three files are not unlucky", async () => {
  const files = Object.fromEntries(["a", "b", "c", "d"].map((file) => [file, unlucky]));
  const sum = await trySecondTime(ran(files), never);
  expect(sum.failures).toHaveLength(4);
});

test("nothing runs again where nothing failed", async () => {
  expect(await trySecondTime(ran({ b: steady }), never)).toEqual(steady);
});
