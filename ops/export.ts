/** `npm run export`: prints everything that is stored about a cache, one line of JSON for each row. */
import { once } from "node:events";
import { parseArgs } from "node:util";
import { connect } from "./connect.ts";
import { maxRetentionDays, rowsOfCache } from "./export/cache.ts";
import { exportLine } from "./export/text.ts";

const usage = `usage: npm run --silent export -- --cache <name> [--days <how far back>] > cache.jsonl`;

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { cache: { type: "string" }, days: { type: "string" } },
  });
  const days = Number(values.days ?? maxRetentionDays);
  if (!values.cache || !(days >= 1)) throw new Error(usage);
  connect();
  let count = 0;
  for await (const found of rowsOfCache(values.cache, Date.now(), days)) {
    count += 1;
    if (!process.stdout.write(`${exportLine(found)}\n`)) await once(process.stdout, "drain");
  }
  console.error(`${count} rows of the cache ${values.cache}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
