import type { Invoke } from "../lambda/functions.ts";
import type { Log } from "../lambda/log-lines.ts";
import type { Stack } from "../template/stack.ts";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway.ts";
import { createSite } from "./site.ts";

/** All that answers HTTP: the API, and the web page if the template has one. */
export async function createFrontDoor(
  { api, site }: Pick<Stack, "api" | "site">,
  invoke: Invoke,
  log: Log,
  options: GatewayOptions = {},
): Promise<Gateway | undefined> {
  const gateway = api && createGateway(api, invoke, log, options);
  return gateway && site ? await createSite(site, gateway) : gateway;
}
