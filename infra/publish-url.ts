import { FunctionUrl, FunctionUrlAuthType } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { MakeFunction } from "./make-function.ts";
import type { Settings } from "./settings/settings.ts";

/**
 * A second address for publish and publishBatch, without the gateway and its price. Anybody may invoke the function,
 * which asks for the key itself, so that what is reserved for it also bounds what anybody can make it cost. Returns the
 * URL, with a slash at its end.
 */
export function addPublishUrl(
  scope: Construct,
  makeFunction: MakeFunction,
  { publishUrl, publishUrlConcurrency }: Settings,
): string | undefined {
  if (!publishUrl) return undefined;
  const fn = makeFunction(scope, "publishByUrl", { reservedConcurrency: publishUrlConcurrency });
  // Without `cors`: a browser has no business with a key that may publish.
  return new FunctionUrl(fn, "Url", { function: fn, authType: FunctionUrlAuthType.NONE }).url;
}
