import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import type { FunctionCode } from "../function-code.ts";

/** Every function bundled, each in a folder of its own as `index.mjs`; disposing removes the folders. */
export interface Bundles extends FunctionCode, Disposable {
  readonly metafile: Metafile;
}

/**
 * undici is CommonJS and requires Node's own modules, for which ESM has no `require`. Not an import:
 * the minifier does not know what the banner declares, and would give the same short name twice.
 */
const banner = `const require=process.getBuiltinModule("module").createRequire(import.meta.url);`;

const environmentCredentials = join(import.meta.dirname, "environment-credentials.ts");

/** One esbuild run over all entry files (name → path below `root`): they share what they parse. */
export async function bundleFunctions(
  root: string,
  entries: Readonly<Record<string, string>>,
  { sourcemap = false }: { sourcemap?: boolean } = {},
): Promise<Bundles> {
  const missing = Object.values(entries).filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) throw new Error(`Missing functions: ${missing.join(", ")}`);

  const outdir = mkdtempSync(join(tmpdir(), "hookcast-bundles-"));
  const remove = () => rmSync(outdir, { recursive: true, force: true });
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: Object.entries(entries).map(([name, path]) => ({
        in: path,
        out: join(name, "index"),
      })),
      outdir,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      minify: true,
      platform: "node",
      target: "node24",
      format: "esm",
      mainFields: ["module", "main"],
      legalComments: "none",
      alias: { "@aws-sdk/credential-provider-node": environmentCredentials },
      banner: { js: banner },
      metafile: true,
      sourcemap,
      logLevel: "silent",
    });
    return { folderOf: (name) => join(outdir, name), metafile, [Symbol.dispose]: remove };
  } catch (error) {
    remove();
    throw error;
  }
}
