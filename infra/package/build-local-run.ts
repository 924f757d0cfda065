import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { bundleCommand } from "./bundle-command.ts";
import { licencesOf } from "./licences.ts";

/** What `hookcast start` imports, and what that starts as a thread or preloads, each a file of its own. */
const entries = {
  start: "local/package/start.ts",
  "engine-thread": "local/engines/engine-thread.ts",
  worker: "local/lambda/worker.mjs",
  "exit-with-parent": "local/process/exit-with-parent.ts",
};

/** LevelDB's binding looks for itself beside its own file, and dynalite is CommonJS. */
const banner = `import { createRequire as hookcastRequire } from "node:module";
const require = hookcastRequire(import.meta.url); const __dirname = import.meta.dirname;`;

/** Makes the local run for the package: its programs, the stack, the program for keys, and LevelDB for every platform. */
export async function buildLocalRun(root: string, folder: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    plugins: [compiledThreads],
    bundle: true,
    splitting: true,
    chunkNames: "shared-[hash]",
    minify: true,
    platform: "node",
    target: "node22",
    format: "esm",
    banner: { js: banner },
    metafile: true,
  });
  const keys = await bundleCommand(root, "ops/keys.ts", join(folder, "keys.mjs"));
  const level = join(root, "node_modules/classic-level/prebuilds");
  cpSync(level, join(folder, "prebuilds"), { recursive: true });
  copyStack(root, join(folder, "stack"));
  writeFileSync(join(folder, "LICENCES.txt"), licencesOf(root, sumOf([metafile, keys])));
}

/** Threads are named by their sources, which the package has not: they lie compiled beside the rest. */
const compiledThreads: Plugin = {
  name: "compiled-threads",
  setup({ onLoad }) {
    onLoad({ filter: /\/local\/.*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const contents = source.replaceAll(
        /new URL\("\.{1,2}\/(?:[\w-]+\/)*([\w-]+)\.(?:ts|mjs)", import\.meta\.url\)/g,
        (url, name: string) => {
          // What starts the engines in a checkout has files compiled that are so already.
          const entry = name === "start-thread" ? "engine-thread" : name;
          return entry in entries ? `new URL("./${entry}.mjs", import.meta.url)` : url;
        },
      );
      return { contents, loader: "ts" };
    });
  },
};

/** What the local run reads of a synthesis: the template, functions and pages. What uploads them is for a deployment. */
function copyStack(root: string, folder: string): void {
  const output = mkdtempSync(join(tmpdir(), "hookcast-stack-"));
  execFileSync(process.execPath, [join(root, "local/package/synthesize.ts"), output], {
    stdio: "inherit",
  });
  for (const name of readdirSync(output)) {
    const isRead = /^manifest\.json$|\.(assets|template)\.json$/.test(name);
    const runs = ["index.mjs", "index.html"].some((file) => existsSync(join(output, name, file)));
    if (isRead || runs) cpSync(join(output, name), join(folder, name), { recursive: true });
  }
  rmSync(output, { recursive: true });
}

function sumOf(metafiles: readonly Metafile[]): Pick<Metafile, "inputs"> {
  return { inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)) };
}
