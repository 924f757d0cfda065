import type { Invoke } from "../lambda/functions.ts";
import type { Log } from "../lambda/log-lines.ts";
import { functionUrlPath } from "../template/function-url-path.ts";
import type { Stack } from "../template/stack.ts";
import { withFunctionUrl } from "./function-url.ts";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway.ts";
import { createSite } from "./site.ts";

/** All that answers HTTP: the API, and the function URL and the web page if the template has them. */
export async function createFrontDoor(
  { api, functionUrl, site }: Pick<Stack, "api" | "functionUrl" | "site">,
  invoke: Invoke,
  log: Log,
  options: GatewayOptions = {},
): Promise<Gateway | undefined> {
  if (!api) return undefined;
  const gateway = createGateway(api, invoke, log, options);
  const either = functionUrl ? withFunctionUrl(functionUrl, gateway, invoke, log) : gateway;
  return site ? await createSite(site, either, functionUrl && functionUrlPath) : either;
}
