import type { Construct } from "constructs";
import { HookFunction, type HookFunctionProps } from "./constructs/hook-function.ts";
import { ownRole, sharedRoles } from "./constructs/roles.ts";
import type { FunctionCode } from "./function-code.ts";
import { type FunctionName, isOperation, sizeOf } from "./functions.ts";
import type { Link } from "./permissions/links.ts";
import type { Settings } from "./settings/settings.ts";

interface Options extends Pick<HookFunctionProps, "reservedConcurrency" | "mayLoop"> {
  /** In place of the usual one. */
  readonly memoryMb?: number;
}

/** Makes one function by its name; where it runs and what it may do is decided elsewhere. */
export type MakeFunction = (
  scope: Construct,
  name: FunctionName,
  options?: Options,
) => HookFunction;

/** Those that were made so far. */
export type MadeFunctions = ReadonlyMap<FunctionName, HookFunction>;

export function functionMaker(
  code: FunctionCode,
  links: Readonly<Record<FunctionName, Link[]>>,
  settings: Settings,
): { makeFunction: MakeFunction; functions: MadeFunctions } {
  const functions = new Map<FunctionName, HookFunction>();
  const sharedRole = sharedRoles();
  const makeFunction: MakeFunction = (scope, name, { memoryMb, ...options } = {}) => {
    const made = new HookFunction(scope, pascalCase(name), {
      folder: code.folderOf(name),
      size: { ...sizeOf(name), ...(memoryMb && { memoryMb }) },
      links: links[name],
      // Workers are given more rights where they are tied to their queues.
      roleFor: isOperation(name) ? sharedRole : ownRole,
      logRetention: settings.logRetentionDays,
      ...options,
    });
    functions.set(name, made);
    return made;
  };
  return { makeFunction, functions };
}

function pascalCase(camelCase: string): string {
  return camelCase.charAt(0).toUpperCase() + camelCase.slice(1);
}
