import { build } from "esbuild";
import { root } from "../../support/process/program.ts";

export interface BrowserBundle {
  /** A script that leaves the file's exports in the global `exported`. */
  text: string;
  kilobytes: number;
  /** The files that went into it, below the root. */
  inputs: string[];
}

/** A file of the client as a web page would load it. */
export async function bundleForBrowsers(name: string): Promise<BrowserBundle> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [`client/${name}.ts`],
    bundle: true,
    minify: true,
    platform: "browser",
    target: "es2022",
    format: "iife",
    globalName: "exported",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const text = result.outputFiles.map((output) => output.text).join("");
  return {
    text,
    kilobytes: Buffer.byteLength(text) / 1000,
    inputs: Object.keys(result.metafile.inputs),
  };
}
