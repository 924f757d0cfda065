/** `suite.ts <vitest.config> <project>`: one suite in a process of its own, which can be ended with all it started. */
import { sendTally } from "./tally-message.ts";
import { runVitest } from "./vitest-step.ts";

const [config = "", project = ""] = process.argv.slice(2);
await sendTally(await runVitest([project], { config }));
process.exit(0);
