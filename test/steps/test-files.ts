import { readdirSync } from "node:fs";
import { join } from "node:path";
import { apartFiles, longFiles } from "../tiers.ts";

/** `quick`: pure and soon done. `long`: only where there is time. `usual`: all others. */
export type TestSelection = "quick" | "usual" | "long";

/** Only these have tests that are quick: all others start something. */
const quickProjects = ["unit", "property"];

/** The files of these projects, which are folders of test/, that are of this kind: each is of one. */
export function testFiles(selection: TestSelection, projects: readonly string[]): string[] {
  return projects.flatMap(filesOf).filter((file) => selectionOf(file) === selection);
}

function filesOf(project: string): string[] {
  return readdirSync(join("test", project), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join("test", project, file))
    .sort();
}

function selectionOf(file: string): TestSelection {
  if (longFiles.includes(file)) return "long";
  const isQuick = quickProjects.includes(file.split("/")[1] ?? "") && !apartFiles.includes(file);
  return isQuick ? "quick" : "usual";
}
