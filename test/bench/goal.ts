import { markdownTable } from "./markdown-table.ts";

/** What a figure should be, what it is, and whether that will do. */
export interface Goal {
  what: string;
  bound: "at most" | "at least";
  limit: number;
  figure: number;
  isMet: boolean;
}

/** What is divided by ten is not quite a tenth. */
const tolerance = 1e-9;

export function atMost(what: string, limit: number, figure: number): Goal {
  return { what, bound: "at most", limit, figure, isMet: figure <= limit + tolerance };
}

export function atLeast(what: string, limit: number, figure: number): Goal {
  return { what, bound: "at least", limit, figure, isMet: figure >= limit - tolerance };
}

export function goalTable(goals: Goal[]): string {
  return markdownTable(
    ["goal", "bound", "figure", "verdict"],
    goals.map(({ what, bound, limit, figure, isMet }) => [
      what,
      `${bound} ${limit.toFixed(2)}`,
      figure.toFixed(2),
      isMet ? "met" : "**missed**",
    ]),
  );
}
