import { hash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { bundleSettings } from "../constructs/bundle.ts";
import { ImportGraph } from "./import-graph.ts";

/** Bundles by the files that they are made of: `functions/http/get-webhook.ts` leads to a folder. */
export type BundleFolders = Readonly<Record<string, string>>;

/** Given the files that have changed, or nothing at first, when all may have. */
export type BuildChanges = (changedFiles?: readonly string[]) => Promise<BundleFolders>;

/**
 * Builds what changed files have a part in, and gives those bundles that are no longer what they were, each in
 * a new folder below `outdir`. A build that fails is thrown as esbuild throws it, and is made up for by the next.
 */
export function bundleChanges(root: string, outdir: string, running: BundleFolders): BuildChanges {
  const known = new Map(
    Object.entries(running).map(([entry, folder]) => [entry, readFingerprint(folder)]),
  );
  const entries = [...known.keys()];
  const graph = new ImportGraph();
  const due = new Set(entries);
  let builds = 0;

  return async (changedFiles = []) => {
    for (const entry of entries) if (graph.leads(entry, changedFiles)) due.add(entry);
    if (due.size === 0) return {};
    const named = Object.fromEntries([...due].map((entry) => [nameOf(entry), entry]));
    const settings = bundleSettings(root, named, outdir, { readable: true });
    const { outputFiles, metafile } = await build({ ...settings, write: false });
    due.clear();
    graph.add(metafile);
    builds += 1;

    const outputs = new Map(outputFiles.map((file) => [file.path, file]));
    const changed: Record<string, string> = {};
    for (const [name, entry] of Object.entries(named)) {
      const code = outputs.get(codeIn(join(outdir, name)));
      const map = outputs.get(`${codeIn(join(outdir, name))}.map`);
      if (!code || !map) throw new Error(`esbuild has made no ${name}`);
      const current = fingerprint(code.contents, map.text);
      if (known.get(entry) === current) continue;
      const folder = join(outdir, `${name}-${builds}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(codeIn(folder), code.contents);
      writeFileSync(`${codeIn(folder)}.map`, map.contents);
      known.set(entry, current);
      changed[entry] = folder;
    }
    return changed;
  };
}

function codeIn(folder: string): string {
  return join(folder, "index.mjs");
}

/** `functions/http/get-webhook.ts` → `http-get-webhook` */
function nameOf(entry: string): string {
  return `${basename(dirname(entry))}-${basename(entry, ".ts")}`;
}

function readFingerprint(folder: string): string {
  return fingerprint(readFileSync(codeIn(folder)), readFileSync(`${codeIn(folder)}.map`, "utf8"));
}

/** Of the code and of where it comes from, line by line; but not of the way to the sources, which differs by folder. */
function fingerprint(code: Uint8Array, map: string): string {
  return hash("sha256", code) + hash("sha256", map.slice(map.indexOf('"mappings"')));
}
