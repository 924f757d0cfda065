/** `npm run test:deploy`: deploys the stack to an emulator of AWS with the CDK itself and tests it there. */
import { runBounded } from "../steps/bounded-run.ts";
import { deployAndTest } from "./deploy-and-test.ts";

await runBounded({ name: "test:deploy", deadlineMinutes: 40 }, deployAndTest);
