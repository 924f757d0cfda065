import type { Route } from "../../shared/contract/route.ts";
import { routes } from "../../shared/contract/routes.ts";

const tableOfOperations = /^\| operation +\| route .*\n(\|.*\n)+/m;

/** README.md with the table of the operations that there are. */
export function withOperations(readme: string): string {
  if (!tableOfOperations.test(readme)) throw new Error("README.md has no table of operations");
  const rows = Object.entries<Route>(routes).map(([id, { method, path, permission }]) => [
    id,
    `\`${method} ${path.replace("/api/v1", "")}\``,
    permission ?? "none",
  ]);
  // A function, since a replacement that is a text gives dollar signs a meaning.
  return readme.replace(tableOfOperations, () =>
    alignedTable([["operation", "route", "permission"], ...rows]),
  );
}

/** In the formatter's layout. */
function alignedTable([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  return [head, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("");
}
