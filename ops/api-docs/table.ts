/** A Markdown table; columns that are empty all the way down are left out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isUsed = head.map((_, column) => rows.some((row) => row[column]));
  const line = (cells: readonly string[]) =>
    `| ${cells.filter((_, column) => isUsed[column]).join(" | ")} |`;
  return [head, head.map(() => "---"), ...rows].map(line).join("\n");
}
