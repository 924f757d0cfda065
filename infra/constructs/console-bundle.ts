import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { licencesOf } from "../package/licences.ts";

/** As `index.html` names them; in the bundle their names change with what is in them. */
const sources = ["console/main.tsx", "console/style.css"];

/**
 * Makes the files of the console in a folder: `index.html`, which is to be asked for anew each time, one
 * script and one style sheet, which may be kept for ever, a `config.json` that says nothing, since a
 * browser complains about files that are missing, and the licences of what is in them. All paths
 * are relative and nothing is inline, so that it works below any address and under a strict policy.
 */
export async function bundleConsole(
  root: string,
  outdir: string,
  { readable = false } = {},
): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: sources,
    outdir,
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: !readable,
    sourcemap: readable,
    platform: "browser",
    target: "es2023",
    format: "esm",
    legalComments: "none",
    metafile: true,
    logLevel: "silent",
  });
  writeFileSync(join(outdir, "index.html"), pageOf(root, metafile));
  writeFileSync(join(outdir, "config.json"), "{}\n");
  writeFileSync(join(outdir, "LICENCES.txt"), licencesOf(root, metafile));
  return metafile;
}

function pageOf(root: string, { outputs }: Metafile): string {
  let page = readFileSync(join(root, "console/index.html"), "utf8");
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint) page = page.replace(`"${basename(entryPoint)}"`, `"${basename(path)}"`);
  }
  return page;
}
