/**
 * The parts of undici that a delivery needs. Its index also loads fetch, WebSocket and caches: 230 kB and
 * 25 ms of every cold start. The version is pinned, since these paths are not part of its promise.
 */
declare module "undici/lib/dispatcher/agent.js" {
  import { Agent } from "undici";
  export = Agent;
}

declare module "undici/lib/core/connect.js" {
  import { buildConnector } from "undici";
  export = buildConnector;
}

declare module "undici/lib/api/api-request.js" {
  import type { Dispatcher } from "undici";

  function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions & { origin: string },
  ): Promise<Dispatcher.ResponseData>;
  export = request;
}
