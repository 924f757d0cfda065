/**
 * `npm run docs:test-seconds -- durations.json`: writes into docs/deploy.md how long the tests of each setting take, from
 * what `npm test -- --durations=durations.json` and `npm run test:long -- --durations=durations.json` have recorded.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readDurations } from "../../steps/durations.ts";
import { root } from "../../support/process/program.ts";
import { withTestSeconds } from "./test-seconds.ts";
import { secondsBySetting } from "./tested-by.ts";

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error("usage: npm run docs:test-seconds -- durations.json");
  process.exit(2);
}
const page = join(root, "docs/deploy.md");
writeFileSync(
  page,
  withTestSeconds(readFileSync(page, "utf8"), secondsBySetting(readDurations(file))),
);
