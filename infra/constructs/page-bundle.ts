import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { licencesOf } from "../package/licences.ts";

type PageName = "console" | "portal";

interface PageOptions {
  /** Neither minified nor without a map. */
  readonly readable?: boolean;
}

/** The files of the console in a folder, and below it, in `portal`, those of the page for customers. */
export async function bundlePages(
  root: string,
  outdir: string,
  options?: PageOptions,
): Promise<void> {
  await bundlePage(root, "console", outdir, options);
  await bundlePage(root, "portal", join(outdir, "portal"), options);
}

/**
 * Makes the files of a page in a folder: `index.html`, which is to be asked for anew each time, one
 * script and one style sheet, which may be kept for ever, and the licences of what is in them. All paths
 * are relative and nothing is inline, so that it works below any address and under a strict policy.
 */
export async function bundlePage(
  root: string,
  name: PageName,
  outdir: string,
  { readable = false }: PageOptions = {},
): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    // As `index.html` names them; in the bundle their names change with what is in them.
    entryPoints: [`${name}/main.tsx`, `${name}/style.css`],
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
  writeFileSync(join(outdir, "index.html"), pageOf(root, name, metafile));
  // It says nothing, but a browser complains about files that are missing.
  if (name === "console") writeFileSync(join(outdir, "config.json"), "{}\n");
  writeFileSync(join(outdir, "LICENCES.txt"), licencesOf(root, metafile));
  return metafile;
}

function pageOf(root: string, name: PageName, { outputs }: Metafile): string {
  let page = readFileSync(join(root, name, "index.html"), "utf8");
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint) page = page.replace(`"${basename(entryPoint)}"`, `"${basename(path)}"`);
  }
  return page;
}
