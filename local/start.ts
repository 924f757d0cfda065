/**
 * `npm start`: runs the whole service of this checkout until it is told to stop. `npm run dev` is the same with
 * `--watch`: functions follow their sources. `--inspect[=port]` lets a debugger in.
 */
import "./node-version.mjs";
import { join, resolve } from "node:path";
import { watchFunctions } from "./dev/watch-functions.ts";
import { runService } from "./service.ts";
import { synthesize } from "./synthesize.ts";

const root = resolve(import.meta.dirname, "..");

await runService(process.argv.slice(2), {
  assembly: (dataDir, log) => synthesize(root, dataDir, log),
  keysProgram: join(root, "ops/keys.ts"),
  watch: (host, dataDir, log) => watchFunctions({ root, dataDir, host, log }),
});
