import { execFileSync } from "node:child_process";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { root } from "../../support/process/program.ts";
import { describeMachine } from "../machine.ts";
import type { Progress } from "../progress.ts";
import { type Checkout, checkOut, findCommit, thisCheckout } from "./checkout.ts";
import type { Comparison } from "./comparison.ts";
import { assertProc } from "./process-tree.ts";
import { startCheckout } from "./started-checkout.ts";
import { measureTurn, type TurnFigures, type TurnSizes } from "./turn.ts";

/** Enough for figures that mean something; a turn takes some twenty seconds. */
export const fullTurn: TurnSizes = {
  warmUpDeliveries: 1000,
  deliveries1: 3000,
  deliveries50: 15_000,
  oneAtATime: 500,
  idleSeconds: 10,
};

/** Enough to see that it works. */
export const quickTurn: TurnSizes = {
  warmUpDeliveries: 50,
  deliveries1: 50,
  deliveries50: 100,
  oneAtATime: 5,
  idleSeconds: 0,
};

interface ComparisonOptions {
  turns: number;
  sizes: TurnSizes;
  /** All that is written lies below it. */
  folder: string;
  /** Ends what runs, whenever it is disposed of. */
  ending: AsyncDisposableStack;
}

/** This checkout and a commit, by turns. Throws a BenchRefusal for an unknown commit. */
export async function compareWith(
  commitName: string,
  { turns, sizes, folder, ending }: ComparisonOptions,
  progress: Progress,
): Promise<Comparison> {
  assertProc();
  const commit = await findCommit(commitName);
  const machine = describeMachine();
  const prepareIn = (name: string, checkout: Checkout) =>
    prepare({ checkout, dataDir: join(folder, name) }, ending, progress);
  const here = await prepareIn("here-data", thisCheckout);
  const other = await checkOut(commit, join(folder, "there"), progress);
  const there = await prepareIn("there-data", other);
  const measured: Comparison["turns"] = [];
  for (let turn = 1; turn <= turns; turn += 1) {
    const take = async (side: Prepared): Promise<TurnFigures> => {
      const figures = await takeTurn(side, { sizes, ending, folder: join(folder, "turn") });
      const { deliveriesPerSecond1: one, deliveriesPerSecond50: fifty } = figures;
      const rates = `${one.toFixed(0)} and ${fifty.toFixed(0)} deliveries/s`;
      progress(`turn ${turn} of ${turns}, ${side.checkout.name}: ${rates}`);
      return figures;
    };
    measured.push({ here: await take(here), there: await take(there) });
  }
  return { machine, commit, here: describeHere(), turns: measured };
}

interface Prepared {
  checkout: Checkout;
  /** As its first start leaves it, with a synthesized stack. */
  dataDir: string;
}

/** The first start, which synthesizes the stack: what follows is each time the start of every other day. */
async function prepare(
  { checkout, dataDir }: Prepared,
  ending: AsyncDisposableStack,
  progress: Progress,
): Promise<Prepared> {
  await using service = await startCheckout(checkout, dataDir, ending);
  await service.stop();
  await liftThrottle(join(dataDir, "cdk.out/Hookcast.template.json"));
  const seconds = (service.readyAfterMs / 1000).toFixed(1);
  progress(`${checkout.name}: ready for the first time after ${seconds} s`);
  return { checkout, dataDir };
}

async function takeTurn(
  { checkout, dataDir }: Prepared,
  { sizes, folder, ending }: Omit<ComparisonOptions, "turns">,
): Promise<TurnFigures> {
  await cp(dataDir, folder, { recursive: true });
  try {
    await using service = await startCheckout(checkout, folder, ending);
    const figures = await measureTurn(service, sizes);
    await service.stop();
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const Resource = z.looseObject({ Type: z.string() });
const Template = z.looseObject({ Resources: z.record(z.string(), Resource) });
const Stage = z.looseObject({
  Type: z.literal("AWS::ApiGatewayV2::Stage"),
  Properties: z.looseObject({ DefaultRouteSettings: z.looseObject({}) }),
});

/** The machine, not the default throttle of 1,000 requests a second, is to bound the rates. */
async function liftThrottle(file: string): Promise<void> {
  const template = z.parse(Template, JSON.parse(await readFile(file, "utf8")));
  for (const [name, resource] of Object.entries(template.Resources)) {
    const { success, data } = Stage.safeParse(resource);
    if (!success) continue;
    const limits = { ThrottlingRateLimit: 10_000, ThrottlingBurstLimit: 5_000 };
    const Properties = { ...data.Properties, DefaultRouteSettings: limits };
    template.Resources[name] = { ...data, Properties };
  }
  await writeFile(file, JSON.stringify(template));
}

function describeHere(): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const changes = git("status", "--porcelain") === "" ? "" : " with changes";
  return git("rev-parse", "--short=7", "HEAD") + changes;
}
