/** The thread of the embedded engines, where they have one of their own. */
import { parentPort, workerData } from "node:worker_threads";
import type { Connect, EngineRequest, EngineResponse } from "./engine-protocol.ts";
import { type EnginesOptions, runEngines } from "./run-engines.ts";

// Whoever starts this thread gives it EnginesOptions.
const engines = await runEngines(workerData as EnginesOptions);

parentPort?.on("message", (request: EngineRequest | Connect) => {
  if ("port" in request) {
    engines.connect(request.port);
    return;
  }
  perform(request)
    .then((value) => post({ id: request.id, value }))
    .catch((error: unknown) => post({ id: request.id, error }));
});
post({ id: 0, value: engines.endpoints });

async function perform(request: EngineRequest): Promise<unknown> {
  switch (request.kind) {
    case "provision":
      return await engines.provision(request.provision);
    case "calls":
      return await engines.calls();
    case "rest":
      return await engines.rest();
    case "close":
      return await engines.close();
  }
}

function post(answer: EngineResponse): void {
  parentPort?.postMessage(answer);
}
