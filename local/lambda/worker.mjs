// @ts-check
/**
 * The thread that runs one function, one invocation at a time, as an environment of Lambda does. JavaScript with all
 * that it imports, because a thread that strips types holds 25 MB more for as long as it lives.
 *
 * @import { Failure, Invocation, Order, WorkerData, WorkerMessage } from "./protocol.ts"
 * @typedef {(event: unknown, context: object) => unknown} Handler
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { uptimeMs } from "../clock/uptime.mjs";
import { createDirectClient } from "../direct/direct-client.mjs";
import { routeRequests } from "../direct/direct-request.mjs";
import { collectGarbage } from "../process/collect-garbage.mjs";

/** @type {WorkerData} */
const { codeFolder, handler, functionName, functionArn, memoryMb, direct } = workerData;

const startedMs = performance.now();
try {
  if (direct) routeRequests(createDirectClient(direct));
  const handle = await loadHandler();
  parentPort?.on("message", (/** @type {Order} */ order) => {
    if (order.kind === "invoke") void run(handle, order);
    else collectGarbage();
  });
  post({ kind: "ready", initMs: performance.now() - startedMs });
} catch (error) {
  post({ kind: "failed", failure: describe(error) });
}

/** @returns {Promise<Handler>} */
async function loadHandler() {
  const [file = "", name = ""] = handler.split(".");
  const path = ["mjs", "js", "cjs"]
    .map((ending) => join(codeFolder, `${file}.${ending}`))
    .find((candidate) => existsSync(candidate));
  if (!path) throw new Error(`Cannot find module '${file}' in ${codeFolder}`);
  // What errors say of their place then names the sources; it costs, so not where there is no map.
  process.setSourceMapsEnabled(existsSync(`${path}.map`));
  /** @type {Record<string, unknown>} */
  const loaded = await import(pathToFileURL(path).href);
  const handle = loaded[name];
  if (typeof handle !== "function") throw new Error(`${handler} is undefined or not exported`);
  return /** @type {Handler} */ (handle); // a function is all that can be known of it
}

/**
 * @param {Handler} handle
 * @param {Invocation} invocation
 */
async function run(handle, { requestId, payload, deadlineMs }) {
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

/**
 * @param {unknown} error
 * @returns {Failure}
 */
function describe(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const trace = (error.stack ?? "").split("\n");
  return { errorType: error.name, errorMessage: error.message, trace };
}

/** @param {WorkerMessage} message */
function post(message) {
  parentPort?.postMessage(message);
}
