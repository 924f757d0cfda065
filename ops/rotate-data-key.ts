/** `npm run rotate-data-key`: replaces the key under which webhooks' secrets and headers are sealed. */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { connect } from "./connect.ts";
import { rotateDataKey } from "./data-key/rotate-steps.ts";

const usage = `usage: npm run rotate-data-key -- [--dry-run]

Creates a new data key, and encrypts every webhook's secrets and headers with it. Waits two minutes until no
function uses the old one, encrypts the rest, verifies, and deletes the old one. If it is interrupted, run the
same command again. --dry-run changes nothing. If the old key has leaked: docs/runbook.md.`;

const reportEveryMs = 30_000;
const report = (line: string) => console.error(line);

async function wait(ms: number): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= reportEveryMs) {
    if (leftMs < ms) report(`${leftMs / 1000} s more`);
    await pause(Math.min(leftMs, reportEveryMs));
  }
}

async function main(args: string[]): Promise<void> {
  const options = { "dry-run": { type: "boolean", default: false } } as const;
  const isDryRun = isDryRunIn(() => parseArgs({ args, options }).values["dry-run"]);
  connect();
  console.log(await rotateDataKey({ isDryRun, report, wait, now: Date.now }));
}

function isDryRunIn(read: () => boolean): boolean {
  try {
    return read();
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
