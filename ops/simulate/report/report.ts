import { callKinds } from "../calls.ts";
import type { Result } from "./result.ts";

/** What came of a scenario, and of the same one without its troubled receivers. */
export interface Comparison {
  readonly name: string;
  readonly about: string;
  readonly result: Result;
  /** With the same seed and the same others, when those in trouble are not there. */
  readonly alone: Result;
}

type Row = readonly [what: string, of: (comparison: Comparison) => string];

const rows: readonly Row[] = [
  ["messages", ({ result }) => whole(result.published)],
  ["attempts", ({ result }) => whole(result.attempts)],
  ["delivered", ({ result }) => whole(result.delivered)],
  ["delivered, not recorded", ({ result }) => whole(result.unrecorded)],
  ["failed, listed", ({ result }) => whole(result.failed)],
  ["dead letters", ({ result }) => whole(result.deadLetters)],
  ["**lost**", ({ result }) => `**${whole(result.lost)}**`],
  ["attempts before their time", ({ result }) => whole(result.early)],
  ["received twice", ({ result }) => whole(result.repeated)],
  ["most POSTs in a second, at a rate", ({ result }) => wholeOrDash(result.maxInASecond)],
  ["most in the delivery queue", ({ result }) => whole(result.peak.deliveries)],
  ["most in the slow queue", ({ result }) => whole(result.peak.slow)],
  ["most in the retry queue", ({ result }) => whole(result.peak.retries)],
  ["most in the ingest queue", ({ result }) => whole(result.peak.ingest)],
  ["most rows in the outbox", ({ result }) => whole(result.peak.outbox)],
  ["most parked", ({ result }) => whole(result.peak.parked)],
  ["most due rows", ({ result }) => whole(result.peak.due)],
  ["park empty, after the trouble", ({ result }) => duration(result.drainMs)],
  ["last delivery, after the trouble", ({ result }) => duration(result.lastMs)],
  ["p99 of the healthy", ({ result }) => `${whole(result.healthyP99Ms)} ms`],
  ["p99 of the healthy alone", ({ alone }) => `${whole(alone.healthyP99Ms)} ms`],
  ["worst minute's p99 of the healthy", ({ result }) => `${whole(worstOf(result))} ms`],
  ["worst minute's p99, alone", ({ alone }) => `${whole(worstOf(alone))} ms`],
  ["minutes of a p99 above 1 s", ({ result }) => whole(slowMinutesOf(result))],
  ["p99 of the troubled", ({ result }) => duration(result.troubledP99Ms)],
  ...callKinds.map((kind): Row => [`calls: ${kind}`, ({ result }) => whole(result.calls[kind])]),
  ["calls for each message", ({ result }) => callsEach(result).toFixed(1)],
  ["calls for each of the troubled", (comparison) => callsEachTroubled(comparison).toFixed(2)],
];

/** A Markdown table with one column for each scenario, which reads well in a terminal too. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const cells = [
    ["", ...comparisons.map(({ name }) => name)],
    ...rows.map(([what, of]) => [what, ...comparisons.map(of)]),
  ];
  return markdownTable(cells);
}

/** Cells by row, the first row a heading; columns behind the first are numbers and stand right. */
export function markdownTable(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const padded = cells.map((row) =>
    widths.map((width, column) =>
      column === 0 ? (row[column] ?? "").padEnd(width) : (row[column] ?? "").padStart(width),
    ),
  );
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  const [head = [], ...body] = padded;
  return [head, rule, ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function worstOf({ healthyP99MsByMinute }: Result): number {
  return healthyP99MsByMinute.reduce((most, p99Ms) => Math.max(most, p99Ms), 0);
}

function slowMinutesOf({ healthyP99MsByMinute }: Result): number {
  return healthyP99MsByMinute.filter((p99Ms) => p99Ms > 1_000).length;
}

function callsEach(result: Result): number {
  return callsOf(result) / result.published;
}

/** What those in trouble add, without what the sweeper asks every minute whoever is there. */
function callsEachTroubled({ result, alone }: Comparison): number {
  const added = callsOf(result) - result.sweeps - (callsOf(alone) - alone.sweeps);
  return added / (result.published - alone.published);
}

function callsOf({ calls }: Result): number {
  return callKinds.reduce((sum, kind) => sum + calls[kind], 0);
}

function wholeOrDash(count: number | undefined): string {
  return count === undefined ? "—" : whole(count);
}

function whole(count: number): string {
  return Math.round(count).toLocaleString("en");
}

function duration(ms: number | undefined): string {
  if (ms === undefined) return "never over";
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${(ms / 60_000).toFixed(1)} min`;
  return `${(ms / 3_600_000).toFixed(1)} h`;
}
