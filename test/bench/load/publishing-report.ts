import { markdownTable } from "../markdown-table.ts";
import type { PublishRate } from "./publish-rates.ts";

export function publishingSection(rates: PublishRate[]): string {
  return [
    "Requests to a paused service, so that publishing has the machine to itself:",
    markdownTable(
      ["fan-out", "at a time", "requests/s", "p50 ms", "p99 ms"],
      rates.map(({ fanOut, concurrency, requestsPerSecond, p50Ms, p99Ms }) => [
        String(fanOut),
        String(concurrency),
        requestsPerSecond.toFixed(0),
        p50Ms.toFixed(1),
        p99Ms.toFixed(1),
      ]),
    ),
  ].join("\n\n");
}
