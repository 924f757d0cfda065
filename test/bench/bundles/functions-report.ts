import { markdownTable } from "../markdown-table.ts";
import type { FunctionRow } from "./function-rows.ts";

export function functionsSection(rows: FunctionRow[]): string {
  return [
    "To load is the CPU that a fresh process takes to import the bundle, the median of fifteen, without the first invocation. " +
      "What an environment holds is the largest heap and external memory of its thread under load. Lambda adds about 40 MB " +
      "for Node itself.",
    markdownTable(
      ["function", "kB", "load ms", "first invocation ms", "holds MB"],
      rows.map(({ name, kilobytes, loadMs, firstInvocationMs, megabytes }) => [
        name,
        kilobytes.toFixed(0),
        loadMs.toFixed(0),
        firstInvocationMs?.toFixed(0) ?? "",
        megabytes?.toFixed(0) ?? "",
      ]),
    ),
  ].join("\n\n");
}
