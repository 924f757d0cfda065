import { markdownTable } from "../markdown-table.ts";
import type { Spread } from "../spread.ts";
import type { DeadNames } from "./dead-names.ts";
import { type Isolation, slowCount } from "./isolation.ts";

export function isolationSection({ deadMessages, alone, besideDead }: Isolation): string {
  return [
    "From publish to POST at ten healthy webhooks, with 40 deliveries a second in all. Then the same right after " +
      `${deadMessages} messages were published to a webhook whose receiver takes POSTs and never answers:`,
    besideTable("beside the dead one", alone, besideDead),
  ].join("\n\n");
}

export function slowSuccessesSection({ alone, besideSlow }: Isolation): string {
  return [
    "The same right after a message was published to " +
      `${slowCount} webhooks of one cache, each of which answers 200 after ten seconds:`,
    besideTable("beside slow successes", alone, besideSlow),
  ].join("\n\n");
}

export function deadNamesSection({ names, alone, besideDead }: DeadNames): string {
  return [
    "The same at ten healthy webhooks whose receivers close each connection, so that a POST needs the name again. Then right " +
      `after a message was published to ${names} webhooks whose name servers never answer:`,
    besideTable("beside the dead names", alone, besideDead),
  ].join("\n\n");
}

function besideTable(what: string, alone: Spread, beside: Spread): string {
  return markdownTable(
    ["", "p50 ms", "p99 ms"],
    [
      ["healthy ones alone", alone.p50Ms.toFixed(1), alone.p99Ms.toFixed(1)],
      [what, beside.p50Ms.toFixed(1), beside.p99Ms.toFixed(1)],
      ["ratio", (beside.p50Ms / alone.p50Ms).toFixed(2), (beside.p99Ms / alone.p99Ms).toFixed(2)],
    ],
  );
}
