import { openSweepDeps, sweep } from "../../functions/sweep.ts";
import { Environment } from "./environment.ts";
import type { World } from "./world.ts";

const everyMs = 60_000;
const timeoutMs = 55_000;
/** What the function keeps back for calls under way. */
const reserveMs = 5_000;

/** Sweeps every minute for as long as the world turns, but for when it is down. */
export function startSweeper(world: World, isDown: (nowMs: number) => boolean): void {
  const { clock } = world;
  let environment = new Environment(world, true, world.sweeps);
  let deps = openSweepDeps(environment.platform);
  const wake = () => {
    clock.after(everyMs, wake);
    if (isDown(clock.now())) return;
    if (environment.isDead) {
      environment = new Environment(world, true, world.sweeps);
      deps = openSweepDeps(environment.platform);
    }
    const { die } = environment;
    const cancelTimeout = clock.after(timeoutMs, () => die.call(environment));
    // A sweep that fails is followed by another in a minute.
    sweep(clock.now() + timeoutMs - reserveMs, deps).then(cancelTimeout, cancelTimeout);
  };
  wake();
}
