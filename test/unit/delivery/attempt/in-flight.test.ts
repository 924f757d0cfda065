import { expect, test } from "vitest";
import { openInFlight } from "../../../../shared/delivery/attempt/attempt-guards.ts";

function heldWork() {
  const started: string[] = [];
  const releases: (() => void)[] = [];
  const work = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve) => releases.push(() => resolve(name)));
  };
  return { started, releases, work };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("runs no more of one group than allowed, and the next when one ends", async () => {
  const inFlight = openInFlight();
  const { started, releases, work } = heldWork();
  const all = ["a", "b", "c"].map((name) => inFlight("slow", 2, work(name)));
  await turn();
  expect(started).toEqual(["a", "b"]);
  releases[0]?.();
  await turn();
  expect(started).toEqual(["a", "b", "c"]);
  for (const release of releases) release();
  expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
});

test("lets another group run while one waits", async () => {
  const inFlight = openInFlight();
  const { started, work } = heldWork();
  void inFlight("slow", 1, work("a"));
  void inFlight("slow", 1, work("b"));
  void inFlight("quick", 1, work("c"));
  await turn();
  expect(started).toEqual(["a", "c"]);
});

test("a failure makes room as a success does", async () => {
  const inFlight = openInFlight();
  await expect(inFlight("g", 1, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await inFlight("g", 1, async () => "next")).toBe("next");
});
