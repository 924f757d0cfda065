import type { Construct } from "constructs";
import type { Bundles } from "./constructs/bundle.ts";
import { HookFunction, type HookFunctionProps } from "./constructs/hook-function.ts";
import { type FunctionName, sizeOf } from "./functions.ts";
import type { Link } from "./links.ts";
import type { Settings } from "./settings.ts";

type Options = Pick<HookFunctionProps, "reservedConcurrency" | "mayLoop">;

/** Makes one function by its name; where it runs and what it may do is decided elsewhere. */
export type MakeFunction = (
  scope: Construct,
  name: FunctionName,
  options?: Options,
) => HookFunction;

export function functionMaker(
  bundles: Pick<Bundles, "folderOf">,
  links: Readonly<Record<FunctionName, Link[]>>,
  settings: Settings,
): MakeFunction {
  return (scope, name, options = {}) =>
    new HookFunction(scope, pascalCase(name), {
      folder: bundles.folderOf(name),
      size: sizeOf(name),
      links: links[name],
      logRetention: settings.logRetentionDays,
      ...options,
    });
}

function pascalCase(camelCase: string): string {
  return camelCase.charAt(0).toUpperCase() + camelCase.slice(1);
}
