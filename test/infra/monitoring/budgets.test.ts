import { expect, test } from "vitest";
import { bundleFunctions } from "../../../infra/constructs/bundle.ts";
import { entries } from "../../../infra/functions.ts";
import budgets from "../../bench/bundles/budgets.json" with { type: "json" };
import { isOverBudget, weigh } from "../../bench/bundles/weights.ts";
import { root } from "../../support/process/program.ts";

test("no function weighs more than its budget", async () => {
  using bundles = await bundleFunctions(root, entries);
  const tooHeavy = Object.keys(entries)
    .map((name) => weigh(bundles, name))
    .filter(isOverBudget)
    .map(
      ({ name, kilobytes, budgetKilobytes }) => `${name}: ${kilobytes} of ${budgetKilobytes} kB`,
    );
  expect(tooHeavy).toEqual([]);
});

test("every budget is for a function that there is", () => {
  const { default: _, ...perFunction } = budgets.bundleKilobytes;
  expect(Object.keys(entries)).toEqual(expect.arrayContaining(Object.keys(perFunction)));
});

test("of the SDK's packages, functions hold the one for rows alone", async () => {
  using bundles = await bundleFunctions(root, entries);
  const inputs = Object.keys(bundles.metafile.inputs);
  const packages = inputs.flatMap(
    (path) => /node_modules\/(@(?:aws-sdk|smithy)\/[^/]+)/.exec(path)?.[1] ?? [],
  );
  expect([...new Set(packages)]).toEqual(["@aws-sdk/util-dynamodb"]);
});
