import { spawnSync } from "node:child_process";

/** Whether there is no such program; one that cannot be started for another reason is not missing. */
export function isMissing(tool: string): boolean {
  const { error } = spawnSync(tool, ["--version"]);
  return error !== undefined && "code" in error && error.code === "ENOENT";
}
