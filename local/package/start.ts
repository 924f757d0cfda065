import { join } from "node:path";
import { runService } from "../service.ts";

/** `hookcast start`: runs the stack that was synthesized when the package was made, which lies beside this file. */
export async function start(args: readonly string[]): Promise<void> {
  const folder = import.meta.dirname;
  await runService(args, {
    assembly: async () => join(folder, "stack"),
    keysProgram: join(folder, "keys.mjs"),
  });
}
