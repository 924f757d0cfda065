import { join } from "node:path";
import type { Plugin } from "esbuild";

const leanSdk = join(import.meta.dirname, "../lean-sdk");

/** What stands in for a package in every bundle. */
const standIns: Readonly<Record<string, string>> = {
  "@aws-sdk/client-dynamodb": "client-dynamodb.ts",
  "@aws-sdk/client-kms": "client-kms.ts",
  "@aws-sdk/client-sqs": "client-sqs.ts",
  "@aws-sdk/util-dynamodb": "util-dynamodb.ts",
  "@smithy/node-http-handler": "node-http-handler.ts",
};

/**
 * The parts of undici that no delivery reaches: HTTP/2, bodies that are no buffers, and the parser for machines
 * without SIMD.
 */
const unused = /undici.lib.(dispatcher.client-h2|web.fetch.body|llhttp.llhttp-wasm)\.js$/;

/** Keeps out of the bundles what no function uses, and what it is dearer to load than to do without. */
export const leaveOut: Plugin = {
  name: "leave-out",
  setup(build) {
    build.onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path }) => {
      const standIn = standIns[path];
      if (!standIn) return { errors: [{ text: `nothing stands in for ${path}` }] };
      return { path: join(leanSdk, standIn), sideEffects: false };
    });
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === "import-statement" ? { path, namespace: "builtin" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
    build.onLoad({ filter: unused }, () => ({ contents: "module.exports = undefined" }));
  },
};
