/**
 * `npm run mutate`: takes one promised behaviour after the other out of a copy of the working tree, and
 * expects the tests that guard it to turn red. Names, or parts of them, as arguments choose some; `--minutes=N`
 * begins none after that time, and takes them in another order each day.
 */
import { hash } from "node:crypto";
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
/** So many have their tests run as they are at a time: what is not tried then takes no time. */
const batchSize = 12;
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
  if (values.minutes !== undefined) shuffle(mutations);
  await using copy = await openWorkingCopy();
  const result: Tally = { passed: 0, failures: [], skipped: [], unsteady: [] };
  for (let from = 0; from < mutations.length; from += batchSize) {
    await mutateBatch(mutations.slice(from, from + batchSize), copy, result);
  }
  const untried = result.skipped.length === 0 ? "" : `, ${result.skipped.length} not tried`;
  console.log(`\n${result.passed} of ${mutations.length} killed${untried}`);
  return result;
}

/** Where time is short, each is tried on some days. */
function shuffle(mutations: Mutation[]): void {
  const day = new Date().toISOString().slice(0, 10);
  const place = ({ behaviour }: Mutation) => hash("sha256", `${day} ${behaviour}`);
  mutations.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

async function mutateBatch(
  batch: readonly Mutation[],
  copy: WorkingCopy,
  result: Tally,
): Promise<void> {
  const isLate = () => performance.now() > lastStartMs;
  const skip = ({ behaviour }: Mutation) =>
    result.skipped.push({ name: nameOf(behaviour), reason: noTime });
  if (isLate()) {
    batch.forEach(skip);
    return;
  }
  console.log(`running the tests of ${batch.length} mutations as they are`);
  const tests = batch.map(({ test }) => test);
  const colourBefore = await runTests(copy.folder, tests);
  for (const mutation of batch) {
    if (isLate()) {
      skip(mutation);
      continue;
    }
    const startedMs = performance.now();
    const before = colourBefore(mutation.test);
    // A test that is red anyway, or that no title matches, would prove nothing.
    const after = before === "green" ? await colourOf(mutation, copy) : `${before} without it`;
    if (after === "red") result.passed += 1;
    else result.failures.push({ name: nameOf(mutation.behaviour), reason: after });
    const verdict = after === "red" ? "killed" : `SURVIVED (${after})`;
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
    console.log(`${verdict.padEnd(10)} ${mutation.behaviour} (${seconds} s)`);
  }
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
