import { globSync } from "node:fs";
import { root } from "./process/program.ts";

/** Every document that a reader may follow, by its path in the project. */
export const documents: readonly string[] = globSync(
  ["*.md", "docs/**/*.md", "examples/**/*.md", "clients/*/README.md", "packages/*/README.md"],
  { cwd: root, exclude: (path) => path.includes("node_modules") },
).sort();
