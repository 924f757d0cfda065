import { cpus, loadavg } from "node:os";

/** Where a run was made, so that its figures can be compared with another's. */
export interface Machine {
  cores: number;
  model: string;
  node: string;
  /** Of the last minute, when the run began. */
  load: number;
  startedTime: string;
}

/** More than this, for each core, is somebody else's work. */
const idleLoad = 0.25;

export function describeMachine(): Machine {
  const cores = cpus();
  return {
    cores: cores.length,
    model: cores[0]?.model.trim() ?? "unknown",
    node: process.version,
    load: loadavg()[0] ?? 0,
    startedTime: new Date().toISOString(),
  };
}

/** Why the figures of time are to be taken with care, if they are. */
export function warningOf({ cores, load }: Machine): string | undefined {
  if (load <= idleLoad * cores) return undefined;
  return (
    `The machine was not idle (load ${load.toFixed(2)} on ${cores} cores at the start). Times and rates are ` +
    "worse than it can do; calls, units and shares hold."
  );
}

/** When and where a run was made, in a sentence. */
export function machineLine(machine: Machine): string {
  const { cores, model, node, startedTime } = machine;
  const where = `Of ${startedTime.slice(0, 10)}, on ${cores} cores (${model}), Node ${node}.`;
  return [where, warningOf(machine)].filter((line) => line !== undefined).join(" ");
}
