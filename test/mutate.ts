/**
 * `npm run mutate`: takes one promised behaviour after the other out of a copy of the working tree, and
 * expects the tests that guard it to turn red. Names, or parts of them, as arguments choose some.
 */
import { type Mutation, readMutations } from "./mutations/read-mutations.ts";
import { runTests } from "./mutations/run-tests.ts";
import { openWorkingCopy, type WorkingCopy } from "./mutations/working-copy.ts";

process.exitCode = (await mutateAll(process.argv.slice(2))) ? 0 : 1;

/** Returns whether every mutation was killed. */
async function mutateAll(wanted: string[]): Promise<boolean> {
  const mutations = (await readMutations()).filter(
    ({ behaviour }) => wanted.length === 0 || wanted.some((part) => behaviour.includes(part)),
  );
  if (mutations.length === 0) throw new Error(`no mutation is called ${wanted.join(" or ")}`);

  await using copy = await openWorkingCopy();
  console.log(`running the tests of ${mutations.length} mutations as they are`);
  const colourBefore = await runTests(
    copy.folder,
    mutations.map(({ test }) => test),
  );
  let killed = 0;
  for (const mutation of mutations) {
    const startedMs = performance.now();
    const before = colourBefore(mutation.test);
    // A test that is red anyway, or that no title matches, would prove nothing.
    const after = before === "green" ? await colourOf(mutation, copy) : `${before} without it`;
    if (after === "red") killed += 1;
    const verdict = after === "red" ? "killed" : `SURVIVED (${after})`;
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
    console.log(`${verdict.padEnd(10)} ${mutation.behaviour} (${seconds} s)`);
  }
  console.log(`\n${killed} of ${mutations.length} killed`);
  return killed === mutations.length;
}

async function colourOf({ patch, test }: Mutation, copy: WorkingCopy): Promise<string> {
  if (!(await copy.apply(patch))) return "the patch does not apply";
  const colour = await runTests(copy.folder, [test]);
  await copy.revert(patch);
  return colour(test);
}
