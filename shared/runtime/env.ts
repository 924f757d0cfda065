import * as z from "zod/mini";
import { type VariableName, variables } from "../contract/env.ts";

type Values<Name extends VariableName> = { [N in Name]: z.output<(typeof variables)[N]> };

/**
 * Reads the named variables, or throws naming those that are missing or malformed. Called on first
 * use, never at import: a module must load without an environment.
 */
export function readEnv<Name extends VariableName>(...names: Name[]): Values<Name> {
  // One by one: for a schema of all of them zod would compile a parser at each call.
  const read = names.map(
    (name) => [name, z.safeParse(variables[name], process.env[name])] as const,
  );
  const bad = read.filter(([, { success }]) => !success).map(([name]) => name);
  if (bad.length > 0) {
    throw new Error(`environment: ${[...new Set(bad)].join(", ")} missing or malformed`);
  }
  return Object.fromEntries(read.map(([name, { data }]) => [name, data])) as Values<Name>; // of these very names
}
