import { readFile } from "node:fs/promises";
import { SourceMap, type SourceMapPayload } from "node:module";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";

const Frame = z.object({
  functionName: z.string(),
  url: z.string(),
  lineNumber: z.int(),
  columnNumber: z.int(),
});
export type Frame = z.infer<typeof Frame>;

const Profile = z.object({
  nodes: z.array(
    z.object({ id: z.int(), callFrame: Frame, children: z._default(z.array(z.int()), []) }),
  ),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
});

/** A function that ran, with where it was called from. */
export interface Spot {
  frame: Frame;
  /** The file that the bundle was made from; the frame's own URL where it is from no bundle. */
  source: string;
  caller: Spot | undefined;
  /** Spent in the function itself, not in those that it called. */
  selfMs: number;
}

/** Reads what V8 wrote, its frames traced back through the source maps beside the bundles. */
export async function readProfile(file: string): Promise<Spot[]> {
  const { nodes, samples, timeDeltas } = z.parse(Profile, JSON.parse(await readFile(file, "utf8")));
  const sourceOf = await sourceFinder(nodes.map(({ callFrame }) => callFrame.url));
  const spots = new Map<number, Spot>();
  for (const { id, callFrame: frame } of nodes) {
    spots.set(id, { frame, source: sourceOf(frame), caller: undefined, selfMs: 0 });
  }
  for (const { id, children } of nodes) {
    for (const child of children) {
      const spot = spots.get(child);
      if (spot) spot.caller = spots.get(id);
    }
  }
  for (const [index, id] of samples.entries()) {
    const spot = spots.get(id);
    if (spot) spot.selfMs += (timeDeltas[index] ?? 0) / 1000;
  }
  return [...spots.values()];
}

async function sourceFinder(urls: string[]): Promise<(frame: Frame) => string> {
  const maps = new Map<string, SourceMap>();
  for (const url of new Set(urls.filter((url) => url.endsWith("/index.mjs")))) {
    const text = await readFile(`${fileURLToPath(url)}.map`, "utf8").catch(() => undefined);
    // esbuild has just written it.
    if (text) maps.set(url, new SourceMap(JSON.parse(text) as SourceMapPayload));
  }
  return ({ url, lineNumber, columnNumber }) => {
    const entry = maps.get(url)?.findEntry(lineNumber, columnNumber);
    return entry && "originalSource" in entry ? entry.originalSource : url;
  };
}
