/** `npm run index`: writes the rows that lists are read from, for webhooks that an earlier version put. */
import { parseArgs } from "node:util";
import { connect } from "./connect.ts";
import { type IndexCounts, indexWebhooks } from "./index-rows.ts";

const usage = `usage: npm run index -- [--dry-run]

Reads every webhook once, and writes which caches there are and which webhooks are not ok. Once for each deployment that is older than
the lists, after its upgrade; it can be stopped and run again at any time. --dry-run counts and writes nothing.`;

const interruptedCode = 130;

function isDryRunIn(args: string[]): boolean {
  try {
    const options = { "dry-run": { type: "boolean", default: false } } as const;
    return parseArgs({ args, options }).values["dry-run"];
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

function told({ webhooks, caches, unwell }: IndexCounts): string {
  return `${webhooks} webhooks read, ${caches} caches found, ${unwell} webhooks not ok`;
}

async function main(args: string[]): Promise<void> {
  const isDryRun = isDryRunIn(args);
  connect();
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => stop.abort());
  const onProgress = (counts: IndexCounts) => console.error(`${told(counts)}, going on`);
  const counts = await indexWebhooks({ isDryRun, signal: stop.signal, onProgress });
  if (stop.signal.aborted) {
    console.error(`stopped: ${told(counts)}; run it again, it starts over and does no harm`);
    process.exitCode = interruptedCode;
  } else {
    console.log(`${isDryRun ? "would index" : "indexed"}: ${told(counts)}`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
