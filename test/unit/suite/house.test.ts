import { expect, test } from "vitest";
import { measureHouse } from "../../support/house.ts";

const { siblings, closures, lines, lone, entangled } = measureHouse();

function above(counts: ReadonlyMap<string, number>, most: number): string[] {
  return [...counts]
    .filter(([, count]) => count > most)
    .map(([name, count]) => `${name}: ${count}`);
}

test("no folder holds more files than a reader takes in at once", () => {
  expect(above(siblings, 22)).toEqual([]);
});

test("no folder of the product is there for one file", () => {
  expect(lone).toEqual([]);
});

test("no file of the product is longer than 250 lines", () => {
  expect(above(lines, 250)).toEqual([]);
});

test("no two folders side by side need each other", () => {
  expect(entangled).toEqual([]);
});

test("the delivery function imports no more files than it does today", () => {
  expect(closures.get("deliver")).toBeLessThanOrEqual(115);
});
