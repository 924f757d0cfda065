import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Shell, shells } from "./shells.ts";

/** Types a command of a document after the tour of the README, and gives what it answers. */
export type Type = (command: string, variables?: Record<string, string>) => Promise<unknown>;

export function typeInto({ url, key }: { url: string; key: string }, shell: Shell): Type {
  const tour = { API: `${url}/api/v1`, AUTH: `authorization: Bearer ${key}` };
  return async (command, variables = {}) => {
    const env = { ...process.env, ...tour, ...variables };
    const { stdout } = await promisify(execFile)(shell, [...shells[shell], "-ec", command], {
      env,
    });
    return JSON.parse(stdout);
  };
}

/** Times and ids are the only difference between an example and what really arrives. */
export function withoutChance(body: string): string {
  return body
    .trim()
    .replaceAll(/\b\d{13}\b/g, "<milliseconds>")
    .replaceAll(/\b(key|msg)_\w{26}\b/g, "<$1>")
    .replaceAll(/"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/g, "<uuid>")
    .replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, "<time>");
}
