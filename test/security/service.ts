import { afterAll } from "vitest";
import { describeRun } from "../contract/document/service-description.ts";
import { makeKey } from "../contract/gateway/keys.ts";
import { type Api, api } from "../support/service/api.ts";
import { startLocalRun } from "../support/service/local-run.ts";
import { type Rows, readRows } from "./rows.ts";

type Wish = Parameters<typeof makeKey>[1];

export interface Service {
  url: string;
  /** May do everything in every cache. */
  root: Api;
  /** Everything that the service and its functions have logged. */
  log(): string;
  /** A caller with a key of its own. */
  caller(wish: Wish): Promise<Api>;
  makeKey(wish: Wish): Promise<string>;
  readRows(): Promise<Rows>;
  operatorEnv: Record<string, string>;
}

interface Options {
  /** A synthesized stack other than the one that all tests share. */
  template?: string;
}

/** The whole service, for all tests of one file. */
export async function startService({ template }: Options = {}): Promise<Service> {
  const run = await startLocalRun({ ...(template !== undefined && { template }) });
  afterAll(() => run[Symbol.asyncDispose]());
  const { operatorEnv = {} } = await describeRun(run);
  return {
    url: run.url,
    root: api(run.url, run.key),
    log: run.stderr,
    caller: async (wish) => api(run.url, await makeKey(operatorEnv, wish)),
    makeKey: (wish) => makeKey(operatorEnv, wish),
    readRows: () => readRows(operatorEnv),
    operatorEnv,
  };
}
