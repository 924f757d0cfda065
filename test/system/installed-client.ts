import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { buildClient } from "../../infra/package/build-client.ts";
import { root } from "../support/process/program.ts";

/** Puts the package that receivers import into a folder, as npm would. */
export async function installClient(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await buildClient(root, join(folder, "dist"));
  await cp(join(root, "packages/client/package.json"), join(folder, "package.json"));
}
