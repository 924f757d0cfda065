import { join } from "node:path";
import type { Plugin } from "esbuild";

const leanSdk = join(import.meta.dirname, "../lean-sdk");

/** What stands in for a package of the SDK. */
const standIns: Readonly<Record<string, string>> = {
  "@aws-sdk/client-dynamodb": "client-dynamodb.ts",
  "@aws-sdk/client-kms": "client-kms.ts",
  "@aws-sdk/client-sqs": "client-sqs.ts",
  "@aws-sdk/util-dynamodb": "util-dynamodb.ts",
  "@smithy/node-http-handler": "node-http-handler.ts",
};

/** Keeps out of the bundles what no function uses, and what every cold start would pay for in vain. */
export const leaveOut: Plugin = {
  name: "leave-out",
  setup(build) {
    build.onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path }) => {
      const standIn = standIns[path];
      if (!standIn) return { errors: [{ text: `nothing stands in for ${path}` }] };
      return { path: join(leanSdk, standIn), sideEffects: false };
    });

    // To import one of Node's modules runs every getter that it has; to require it does not.
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === "import-statement" ? { path, namespace: "required" } : undefined,
    );
    build.onLoad({ filter: /^node:/, namespace: "required" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
  },
};
