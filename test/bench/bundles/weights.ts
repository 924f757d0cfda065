import { statSync } from "node:fs";
import { join } from "node:path";
import type { Bundles } from "../../../infra/constructs/bundle.ts";
import budgets from "./budgets.json" with { type: "json" };

export interface BundleWeight {
  name: string;
  kilobytes: number;
  budgetKilobytes: number;
}

export function weigh(bundles: Bundles, name: string): BundleWeight {
  const perFunction: Record<string, number> = budgets.bundleKilobytes;
  return {
    name,
    kilobytes: statSync(fileOf(bundles, name)).size / 1000,
    budgetKilobytes: perFunction[name] ?? budgets.bundleKilobytes.default,
  };
}

export function fileOf(bundles: Bundles, name: string): string {
  return join(bundles.folderOf(name), "index.mjs");
}

export function isOverBudget({ kilobytes, budgetKilobytes }: BundleWeight): boolean {
  return kilobytes > budgetKilobytes;
}
