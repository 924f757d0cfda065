import { NodeHttpHandler } from "@smithy/node-http-handler";

/** Calls to AWS that hang are given up early enough to be tried again within a function's time-out. */
export function patientHandler(): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    throwOnRequestTimeout: true,
  });
}
