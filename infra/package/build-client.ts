import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { writeClientTypes } from "./types/client-types.ts";

/** What the package's own name gives: the client with its errors, and all types. */
const index = `export { createClient } from "./create-client.js";
export { ConnectionError, HookcastError } from "./errors.js";
`;
const indexTypes = `${index}export type { Answer } from "./answer.js";
export type { Client } from "./client.js";
export type * from "./contract.js";
export type { ClientOptions } from "./create-client.js";
export type { HeadersOf, InputOf, ResponseOf } from "./operations.js";
export type { PublishInput } from "./publish.js";
export type { BatchMessage, PublishBatchInput } from "./publish-batch.js";
export type { SendOptions } from "./send.js";
`;

/** What is imported by a path of its own. */
const parts = ["embed", "queue-publisher", "verify", "verify-momento"];

/** Makes `@hookcast/client`. What runs needs no other package, and neither do its types. */
export async function buildClient(root: string, folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { index: "client/index.js", ...partsBelow("client") },
    plugins: [madeUp(join(root, "client"))],
    outdir: folder,
    bundle: true,
    // What two of them share is one module, and so an error has one class.
    splitting: true,
    chunkNames: "shared-[hash]",
    format: "esm",
    platform: "neutral",
    external: ["node:*"],
    target: "es2022",
  });
  const types = mkdtempSync(join(tmpdir(), "hookcast-types-"));
  const entries = ["create-client", "errors", ...parts].map((name) => `client/${name}.ts`);
  writeClientTypes(root, entries, types);
  cpSync(join(types, "client"), folder, { recursive: true });
  rmSync(types, { recursive: true });
  writeFileSync(join(folder, "index.d.ts"), indexTypes);
}

function partsBelow(folder: string): Record<string, string> {
  return Object.fromEntries(parts.map((name) => [name, `${folder}/${name}.ts`]));
}

/** The repository has no such file, since each of its files is imported by its own name. */
function madeUp(resolveDir: string): Plugin {
  return {
    name: "index",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^client\/index\.js$/ }, () => ({ path: "index", namespace: "made-up" }));
      onLoad({ filter: /.*/, namespace: "made-up" }, () => ({
        contents: index.replaceAll(".js", ".ts"),
        resolveDir,
      }));
    },
  };
}
