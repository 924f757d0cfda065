/**
 * `npm run mutate`: takes one promised behaviour after the other out of a copy of the working tree, and
 * expects the tests that guard it to turn red. Names, or parts of them, as arguments choose some; `--minutes=N`
 * begins none after that time.
 */
import { parseArgs } from "node:util";
import { type Mutation, readMutations } from "./mutations/read-mutations.ts";
import { runTests } from "./mutations/run-tests.ts";
import { openWorkingCopy, type WorkingCopy } from "./mutations/working-copy.ts";
import type { Tally } from "./steps/tally.ts";
import { sendTally } from "./steps/tally-message.ts";

const { values, positionals } = parseArgs({
  options: { minutes: { type: "string" } },
  allowPositionals: true,
});
const lastStartMs = Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
/** Their tests as they are take about so long; less time is not worth the beginning. */
const minRunMs = 20 * 60_000;
const noTime = "no time was left";
const tally = await mutateAll(positionals);
await sendTally(tally);
process.exit(tally.failures.length > 0 ? 1 : 0);

/** A mutation that was killed has passed. */
async function mutateAll(wanted: string[]): Promise<Tally> {
  const mutations = (await readMutations()).filter(
    ({ behaviour }) => wanted.length === 0 || wanted.some((part) => behaviour.includes(part)),
  );
  if (mutations.length === 0) throw new Error(`no mutation is called ${wanted.join(" or ")}`);

  if (lastStartMs < minRunMs) {
    const skipped = mutations.map(({ behaviour }) => ({ name: nameOf(behaviour), reason: noTime }));
    return { passed: 0, failures: [], skipped };
  }
  await using copy = await openWorkingCopy();
  console.log(`running the tests of ${mutations.length} mutations as they are`);
  const colourBefore = await runTests(
    copy.folder,
    mutations.map(({ test }) => test),
  );
  const result: Tally = { passed: 0, failures: [], skipped: [] };
  for (const mutation of mutations) {
    const name = nameOf(mutation.behaviour);
    const startedMs = performance.now();
    if (startedMs > lastStartMs) {
      result.skipped.push({ name, reason: noTime });
      continue;
    }
    const before = colourBefore(mutation.test);
    // A test that is red anyway, or that no title matches, would prove nothing.
    const after = before === "green" ? await colourOf(mutation, copy) : `${before} without it`;
    if (after === "red") result.passed += 1;
    else result.failures.push({ name, reason: after });
    const verdict = after === "red" ? "killed" : `SURVIVED (${after})`;
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
    console.log(`${verdict.padEnd(10)} ${mutation.behaviour} (${seconds} s)`);
  }
  const untried = result.skipped.length === 0 ? "" : `, ${result.skipped.length} not tried`;
  console.log(`\n${result.passed} of ${mutations.length} killed${untried}`);
  return result;
}

function nameOf(behaviour: string): string {
  return `mutation: ${behaviour}`;
}

async function colourOf({ patch, test }: Mutation, copy: WorkingCopy): Promise<string> {
  if (!(await copy.apply(patch))) return "the patch does not apply";
  const colour = await runTests(copy.folder, [test]);
  await copy.revert(patch);
  return colour(test);
}
