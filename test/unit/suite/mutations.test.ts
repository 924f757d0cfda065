import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const patches = globSync("test/mutations/*/*.patch").sort();

/** The mutations themselves take hours; a patch that code has moved away from would be noticed only then. */
test("every mutation applies to the code as it is", () => {
  expect(patches.length).toBeGreaterThan(50);
  // All of them in one process; each in one of its own only where it must be found out which does not.
  if (!apply(...patches)) expect(patches.filter((patch) => !apply(patch))).toEqual([]);
});

test("every mutation names a file of tests that there is", () => {
  const fileOf = (patch: string) => readFileSync(patch, "utf8").split(" > ")[0] ?? "";
  expect(patches.filter((patch) => !existsSync(fileOf(patch)))).toEqual([]);
});

function apply(...some: string[]): boolean {
  try {
    execFileSync("git", ["apply", "--check", ...some], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
