import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildLocalRun } from "./build-local-run.ts";
import { bundleCommand } from "./bundle-command.ts";
import { licencesOf } from "./licences.ts";

/** Makes `hookcast`: the command line, in one file, and the local run that it starts, in a folder beside it. */
export async function buildCommand(root: string, folder: string): Promise<void> {
  const metafile = await bundleCommand(root, "cli/main.ts", join(folder, "hookcast.mjs"));
  writeFileSync(join(folder, "LICENCES.txt"), licencesOf(root, metafile));
  await buildLocalRun(root, join(folder, "local"));
}
