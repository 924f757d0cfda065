import { chmodSync } from "node:fs";
import { build, type Metafile } from "esbuild";

/** Commander and what tables and bars are made of are CommonJS, and require Node's own modules. */
const require = `import { createRequire } from "node:module";const require = createRequire(import.meta.url);`;

/** Bundles a program into one file that any supported Node runs, with nothing else installed. */
export async function bundleCommand(
  root: string,
  entry: string,
  outfile: string,
): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    // Only `publish --queue` needs it, which says so where it is not installed.
    external: ["@aws-sdk/client-sqs"],
    minify: true,
    platform: "node",
    target: "node20",
    format: "esm",
    banner: { js: `#!/usr/bin/env node\n${require}` },
    metafile: true,
  });
  chmodSync(outfile, 0o755);
  return metafile;
}
