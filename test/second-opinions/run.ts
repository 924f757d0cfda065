/** `run.ts <engine>`: asks another engine what the conformance suite asks of our own. */
import { runBounded } from "../steps/bounded-run.ts";
import { staleGaps } from "../steps/gaps.ts";
import { runSuite } from "../steps/run-suite.ts";
import { engines } from "./engines.ts";

const engine = engines.find(({ name }) => name === process.argv[2]);
if (!engine) throw new Error(`run.ts takes one of: ${engines.map(({ name }) => name).join(", ")}`);
const { name, differences } = engine;

await runBounded({ name: `opinion of ${name}`, deadlineMinutes: 10 }, async (processes, folder) => {
  const address = await engine.start(processes, folder);
  const env = { ...process.env, ...address };
  const tally = await runSuite(processes, "test/second-opinions/vitest.config.ts", name, env);
  return { ...tally, failures: [...tally.failures, ...staleGaps(differences, tally.skipped)] };
});
