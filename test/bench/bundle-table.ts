import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Bundles } from "../../infra/constructs/bundle.ts";
import { percentile } from "../support/percentile.ts";
import budgets from "./budgets.json" with { type: "json" };

const loadsPerBundle = 5;
const timeOneLoad =
  "const start = performance.now(); await import(process.argv[1]); console.log(performance.now() - start)";

export interface BundleRow {
  name: string;
  kilobytes: number;
  loadMs: number;
  budgetKilobytes: number;
}

export function measureBundle(bundles: Bundles, name: string): BundleRow {
  const file = join(bundles.folderOf(name), "index.mjs");
  const perFunction: Record<string, number> = budgets.bundleKilobytes;
  return {
    name,
    kilobytes: statSync(file).size / 1000,
    loadMs: percentile(
      Array.from({ length: loadsPerBundle }, () => loadMs(file)),
      0.5,
    ),
    budgetKilobytes: perFunction[name] ?? budgets.bundleKilobytes.default,
  };
}

export function isOverBudget({ kilobytes, budgetKilobytes }: BundleRow): boolean {
  return kilobytes > budgetKilobytes;
}

/** A fresh process for every load: nothing is compiled or cached yet, as in a new Lambda. */
function loadMs(file: string): number {
  const url = pathToFileURL(file).href;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", timeOneLoad, url]));
}
