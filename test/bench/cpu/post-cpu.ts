import * as z from "zod/mini";
import { startBenchProcess } from "../bench-process.ts";
import type { BenchSizes } from "../bench-sizes.ts";
import type { LoadReceiver } from "../load/load-receiver.ts";
import { median } from "../spread.ts";

/** Microseconds of CPU of one POST, on this side of it. */
export interface PostCpu {
  /** With all that a delivery needs: checks, deadline, what came byte for byte, and the log's text. */
  client: number;
  /** With `undici.request` and nothing else. */
  bare: number;
  /** The median of the turns. */
  ratio: number;
}

/** Of each kind; a process needs some to become as fast as it will be. */
const turns = 5;

/** Each kind has a process of its own, and they take turns: what else the machine does befalls both. */
export async function measurePostCpu(
  { url }: Pick<LoadReceiver, "url">,
  { ceilingPosts }: Pick<BenchSizes, "ceilingPosts">,
): Promise<PostCpu> {
  await using client = startBenchProcess("cpu/post-process.ts", ["client", url]);
  await using bare = startBenchProcess("cpu/post-process.ts", ["bare", url]);
  const turnOf = (kind: typeof client) =>
    kind.ask("microsOfPost", z.number(), { count: ceilingPosts / 4 });
  for (const kind of [client, bare, client, bare]) await turnOf(kind);
  const micros: { client: number; bare: number }[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    micros.push({ client: await turnOf(client), bare: await turnOf(bare) });
  }
  return {
    client: median(micros.map((one) => one.client)),
    bare: median(micros.map((one) => one.bare)),
    ratio: median(micros.map((one) => one.client / one.bare)),
  };
}
