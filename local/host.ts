import { setTimeout as pause } from "node:timers/promises";
import { MessageChannel } from "node:worker_threads";
import type { AllowedHost } from "./allowed-hosts.ts";
import { readAssembly } from "./assembly.ts";
import { createRunSecret, type SecretOf, secretsOf } from "./aws/secrets.ts";
import { ownFolder } from "./data-folder.ts";
import { createDirectClient } from "./direct/direct-client.mjs";
import type { CallCount } from "./engines/engine-protocol.ts";
import { startEngines } from "./engines/engines.ts";
import { createFrontDoor } from "./gateway/front-door.ts";
import { listen } from "./gateway/listener.ts";
import type { Endpoints } from "./lambda/environment.ts";
import type { FunctionStats } from "./lambda/function-pool.ts";
import { type Functions, type Invoke, startFunctions } from "./lambda/functions.ts";
import { scaleToMachine } from "./lambda/local-concurrency.ts";
import type { Log } from "./lambda/log-lines.ts";
import { startPollers } from "./lambda/pollers.ts";
import { startRules } from "./lambda/rate-rules.ts";
import { operatorEnvironment, writeOperatorFile } from "./operator.ts";
import { createCleanups } from "./process/cleanups.ts";
import { collectGarbage } from "./process/collect-garbage.mjs";
import { lockFolder } from "./process/folder-lock.ts";
import { createRestTimer } from "./process/rest-timer.ts";
import { functionUrlPath } from "./template/function-url-path.ts";
import { sitePath } from "./template/site.ts";
import { readStack } from "./template/stack.ts";

export interface HostOptions {
  /** A folder with a synthesized stack, or what makes one while the engines start. */
  assembly: string | (() => Promise<string>);
  /** Where all data lives; made if need be. */
  dataDir: string;
  /** 0: any free one. */
  port: number;
  /** Names in `Host` by which the run may be addressed, besides those of this machine. */
  allowedHosts?: readonly AllowedHost[];
  /** Whether a debugger may stop functions: they and the gateway then keep no time-outs. */
  isDebugged?: boolean;
  log: Log;
  /** Puts something between the engines and whoever calls them, which signs anew; answers where it listens. */
  intercept?: (endpoints: Endpoints, secretOf: SecretOf) => Promise<Endpoints>;
}

/** A stack that runs on this machine. */
export interface Host {
  url: string;
  /** Where the template's function URL answers, if it has one. */
  functionUrl: string | undefined;
  /** Where the template's web page is, if it has one. */
  siteUrl: string | undefined;
  /** The environment of operators' programs. */
  operatorEnv: Record<string, string>;
  invoke: Invoke;
  /** Where the bundle of each function lay at the start, by the function's name. */
  codeFolders: ReadonlyMap<string, string>;
  replaceCode: Functions["replaceCode"];
  /** Ends every environment of a function, whatever it is doing, as a crash would. */
  kill: (functionName: string) => Promise<void>;
  functions: () => Promise<Record<string, FunctionStats>>;
  calls: () => Promise<CallCount[]>;
  close: () => Promise<void>;
}

const lockWaitMs = 3000;
const shutdownGraceMs = 3000;
/** After so long without an invocation, threads collect their garbage. */
const quietMs = 10_000;

export async function startHost(options: HostOptions): Promise<Host> {
  const { assembly, dataDir, port, allowedHosts = [], isDebugged = false } = options;
  const { log, intercept } = options;
  // Whatever has been started when a later step fails is stopped again.
  await using started = createCleanups();
  await ownFolder(dataDir);
  started.use(await lockFolder(dataDir, lockWaitMs));
  const listener = await listen(port, allowedHosts);
  started.defer(() => listener.close(0));

  const runSecret = createRunSecret();
  const secretOf = secretsOf(runSecret);
  const [engines, folder] = await both(
    startEngines({ dataDir, runSecret, allowedHosts }).then((engines) => {
      started.defer(engines.close);
      return engines;
    }),
    typeof assembly === "string" ? assembly : assembly(),
  );
  const always = (await intercept?.(engines.endpoints, secretOf)) ?? engines.endpoints;
  const stack = readStack(await readAssembly(folder), {
    sqsUrl: always.sqs,
    apiUrl: listener.url,
  });
  const provided = await engines.provision(stack);
  const endpoints = { ...always, ...provided };
  const operatorEnv = operatorEnvironment(endpoints, secretOf, stack.outputs);
  await writeOperatorFile(dataDir, operatorEnv);

  // Where somebody stands between the engines and their callers, it is as URLs of others, which are called by HTTP.
  const origins = Object.values({ ...engines.endpoints, ...provided });
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    engines.connect(port2);
    return { port: port1, origins };
  };
  const eventSources = scaleToMachine(stack.eventSources);
  const functions = startFunctions(stack.functions, {
    endpoints,
    secretOf,
    connect,
    eventSources,
    isDebugged,
    log,
  });
  started.defer(functions.close);
  const rest = createRestTimer(quietMs, () => {
    collectGarbage();
    // They may be closing.
    engines.rest().catch(() => undefined);
  });
  started.defer(rest.stop);
  const invoke: Invoke = (functionName, event) => {
    rest.note();
    return functions.invoke(functionName, event);
  };
  const pollers = await startPollers(eventSources, {
    endpoints,
    secretOf,
    direct: createDirectClient(connect()),
    stack,
    functions: { invoke, ready: functions.ready },
    log,
  });
  const schedule = startRules(stack.rules, invoke, log);
  const frontDoor = await createFrontDoor(stack, invoke, log, { isPatient: isDebugged });
  if (frontDoor) listener.serve(frontDoor);

  const parts = started.move();
  return {
    url: listener.url,
    functionUrl: stack.functionUrl && listener.url + functionUrlPath,
    siteUrl: stack.site && listener.url + sitePath,
    operatorEnv,
    invoke,
    codeFolders: new Map(stack.functions.map(({ name, codeFolder }) => [name, codeFolder])),
    replaceCode: functions.replaceCode,
    kill: functions.kill,
    functions: functions.stats,
    calls: engines.calls,
    close: async () => {
      const ended = [listener.close(shutdownGraceMs), pollers.stop(), schedule.stop()];
      await Promise.race([Promise.all(ended), pause(shutdownGraceMs, undefined, { ref: false })]);
      await parts[Symbol.asyncDispose]();
    },
  };
}

/** Waits for both even if one fails, so that what the other has started can be stopped. */
async function both<A, B>(one: Promise<A>, other: Promise<B> | B): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return await Promise.all([one, other]);
}
