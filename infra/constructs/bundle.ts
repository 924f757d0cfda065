import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import type { FunctionCode } from "../function-code.ts";
import { pureSchemas } from "./pure-schemas.ts";
import { requireBuiltins } from "./require-builtins.ts";

/** Every function bundled, each in a folder of its own as `index.mjs`; disposing removes the folders. */
export interface Bundles extends FunctionCode, Disposable {
  readonly metafile: Metafile;
}

interface BundleOptions {
  sourcemap?: boolean;
  /** For whoever develops: as it was written, with a source map that leads to the sources. */
  readable?: boolean;
  /** The oldest Node that is to run them. */
  target?: string;
  plugins?: Plugin[];
}

/**
 * CommonJS requires Node's own modules, for which ESM has no `require`. Node's `createRequire` would do, but
 * loads a dozen modules of its own; and an import would not be seen by the minifier, which might give its
 * name twice.
 */
const banner = `const require=process.getBuiltinModule;`;

/** One esbuild run over all entry files (name → path below `root`): they share what they parse. */
export async function bundleFunctions(
  root: string,
  entries: Readonly<Record<string, string>>,
  options: BundleOptions = {},
): Promise<Bundles> {
  const missing = Object.values(entries).filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) throw new Error(`Missing functions: ${missing.join(", ")}`);

  const outdir = mkdtempSync(join(tmpdir(), "hookcast-bundles-"));
  const remove = () => rmSync(outdir, { recursive: true, force: true });
  try {
    const { metafile } = await build(bundleSettings(root, entries, outdir, options));
    return { folderOf: (name) => join(outdir, name), metafile, [Symbol.dispose]: remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** How esbuild is to make the functions' bundles, each at `<name>/index.mjs` below `outdir`. */
export function bundleSettings(
  root: string,
  entries: Readonly<Record<string, string>>,
  outdir: string,
  options: BundleOptions,
): BuildOptions & { metafile: true } {
  const { sourcemap = false, readable = false, plugins = pluginsOf(readable) } = options;
  return {
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([name, path]) => ({
      in: path,
      out: join(name, "index"),
    })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: !readable,
    platform: "node",
    target: options.target ?? "node24",
    format: "esm",
    mainFields: ["module", "main"],
    legalComments: "none",
    plugins,
    banner: { js: banner },
    metafile: true,
    sourcemap: readable || sourcemap,
    // A map names sources by their way from where the bundle was made, and the bundle moves on from there.
    ...(readable && {
      sourceRoot: `${pathToFileURL(join(outdir, "function"))}/`,
      sourcesContent: false,
    }),
    logLevel: "silent",
  };
}

/** Whoever reads a bundle finds the sources as they are. */
function pluginsOf(readable: boolean): Plugin[] {
  return readable ? [requireBuiltins] : [requireBuiltins, pureSchemas];
}
