import * as z from "zod/mini";
import { type VariableName, variables } from "../contract/env.ts";

type Values<Name extends VariableName> = { [N in Name]: z.output<(typeof variables)[N]> };

/**
 * Reads the named variables, or throws naming those that are missing or malformed. Called on first
 * use, never at import: a module must load without an environment.
 */
export function readEnv<Name extends VariableName>(...names: Name[]): Values<Name> {
  const shape = Object.fromEntries(names.map((name) => [name, variables[name]]));
  const parsed = z.safeParse(z.object(shape), process.env);
  if (parsed.success) return parsed.data as Values<Name>; // the shape was built from these very names
  const bad = parsed.error.issues.map((issue) => issue.path.join("."));
  throw new Error(`environment: ${[...new Set(bad)].join(", ")} missing or malformed`);
}
