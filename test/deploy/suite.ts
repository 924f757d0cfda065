/** `suite.ts <project>`: one suite in a process of its own, which a deadline or Ctrl-C can end with all it started. */
import { sendTally } from "../support/tally-message.ts";
import { runVitest } from "../support/vitest-step.ts";

const [project = ""] = process.argv.slice(2);
await sendTally(await runVitest([project], { config: "test/deploy/vitest.config.ts" }));
process.exit(0);
