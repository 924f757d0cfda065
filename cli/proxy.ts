import * as http from "node:http";
import { Failure } from "./output/failure.ts";

const proxyNames = ["http_proxy", "https_proxy"] as const;
/** A proxy elsewhere knows nothing of the receivers and services on this machine. */
const thisMachine = ["localhost", ".localhost", "127.0.0.1", "[::1]", "::1"];

/** Has requests go through the proxy that the environment names, if any, but for those to this machine. */
export function useProxy(environment: NodeJS.ProcessEnv): void {
  const valueIn = (name: string) => environment[name] || environment[name.toUpperCase()];
  const named = proxyNames.filter(valueIn);
  if (named.length === 0 || !canUseProxy()) return;
  for (const name of named) assertAddress(name, valueIn(name) ?? "");
  const proxies = Object.fromEntries(named.map((name) => [name, valueIn(name)]));
  const no_proxy = [valueIn("no_proxy"), ...thisMachine].filter(Boolean).join(",");
  http.setGlobalProxyFromEnv({ ...proxies, no_proxy });
}

/** What to say where a proxy is named, nothing was reached, and this Node goes through none. */
export function adviceOnProxy(environment: NodeJS.ProcessEnv): string | undefined {
  const isNamed = proxyNames.some((name) => environment[name] || environment[name.toUpperCase()]);
  if (!isNamed || canUseProxy()) return undefined;
  return `A proxy is set, which Node ${process.versions.node} does not use: Node 24.14 or newer does.`;
}

function canUseProxy(): boolean {
  return "setGlobalProxyFromEnv" in http;
}

/** It is not repeated, for it may hold a password. */
function assertAddress(name: string, value: string): void {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return;
  const advice = "It must be http:// or https://, a host and a port.";
  throw new Failure("usage", `${name.toUpperCase()} is not the address of a proxy`, { advice });
}
