/** The thread that runs one function, one invocation at a time, as an environment of Lambda does. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { uptimeMs } from "../clock/uptime.ts";
import type { Failure, Invocation, WorkerData, WorkerMessage } from "./protocol.ts";

type Handler = (event: unknown, context: object) => unknown;

// Whoever starts this thread gives it a WorkerData.
const { codeFolder, handler, functionName, functionArn, memoryMb } = workerData as WorkerData;

const startedMs = performance.now();
try {
  const handle = await loadHandler();
  parentPort?.on("message", (invocation: Invocation) => void run(handle, invocation));
  post({ kind: "ready", initMs: performance.now() - startedMs });
} catch (error) {
  post({ kind: "failed", failure: describe(error) });
}

async function loadHandler(): Promise<Handler> {
  const [file = "", name = ""] = handler.split(".");
  const path = ["mjs", "js", "cjs"]
    .map((ending) => join(codeFolder, `${file}.${ending}`))
    .find((candidate) => existsSync(candidate));
  if (!path) throw new Error(`Cannot find module '${file}' in ${codeFolder}`);
  // What errors say of their place then names the sources; it costs, so not where there is no map.
  process.setSourceMapsEnabled(existsSync(`${path}.map`));
  const loaded: Record<string, unknown> = await import(pathToFileURL(path).href);
  const handle = loaded[name];
  if (typeof handle !== "function") throw new Error(`${handler} is undefined or not exported`);
  return handle as Handler; // a function is all that can be known of it
}

async function run(handle: Handler, { requestId, payload, deadlineMs }: Invocation): Promise<void> {
  const context = {
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadlineMs - uptimeMs())),
  };
  try {
    const result = await handle(JSON.parse(payload), context);
    post({ kind: "done", payload: JSON.stringify(result) ?? "null" });
  } catch (error) {
    post({ kind: "failed", failure: describe(error) });
  }
}

function describe(error: unknown): Failure {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const trace = (error.stack ?? "").split("\n");
  return { errorType: error.name, errorMessage: error.message, trace };
}

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
