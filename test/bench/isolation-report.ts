import type { Isolation } from "./isolation.ts";
import { markdownTable } from "./markdown-table.ts";

export function isolationSection({ deadMessages, alone, besideDead }: Isolation): string {
  return [
    "From publish to POST at ten healthy webhooks, 40 deliveries a second in all; then the same right after " +
      `${deadMessages} messages were published to a webhook whose receiver takes POSTs and never answers:`,
    markdownTable(
      ["", "p50 ms", "p99 ms"],
      [
        ["healthy ones alone", alone.p50Ms.toFixed(1), alone.p99Ms.toFixed(1)],
        ["beside the dead one", besideDead.p50Ms.toFixed(1), besideDead.p99Ms.toFixed(1)],
        [
          "ratio",
          (besideDead.p50Ms / alone.p50Ms).toFixed(2),
          (besideDead.p99Ms / alone.p99Ms).toFixed(2),
        ],
      ],
    ),
  ].join("\n\n");
}
