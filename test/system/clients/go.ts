import { join } from "node:path";
import { root } from "../../support/process/program.ts";

export const goClient = join(root, "clients/go");

/** Go finds everything in its standard library, and leaves nothing outside of the folder. */
export function goEnvironment(folder: string): Record<string, string> {
  return {
    GOTOOLCHAIN: "local",
    GOFLAGS: "-mod=readonly -buildvcs=false",
    GOPROXY: "off",
    TMPDIR: folder,
  };
}
