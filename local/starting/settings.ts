import { resolve } from "node:path";
import { type AllowedHost, readAllowedHosts } from "../allowed-hosts.ts";

export interface Settings {
  /** 0: any free one. */
  port: number;
  dataDir: string;
  allowedHosts: AllowedHost[];
}

/** Reads what the environment says of a local run; a variable that is empty is one that is not set. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = (name: string) => environment[name]?.trim() || undefined;
  return {
    port: portIn(given("PORT") ?? "3000"),
    dataDir: resolve(given("HOOKCAST_DATA_DIR") ?? ".hookcast"),
    allowedHosts: readAllowedHosts(given("HOOKCAST_ALLOWED_HOSTS")),
  };
}

function portIn(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(
    `PORT is ${JSON.stringify(text)}, which is no port: a number from 1 to 65535, or 0 for any that is free`,
  );
}
