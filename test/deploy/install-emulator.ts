import { installPython } from "../steps/python.ts";
import type { Processes } from "../support/process/processes.ts";

/** Installs the emulator into a virtual environment below the folder; returns the path of its Python. */
export function installEmulator(processes: Processes, folder: string): Promise<string> {
  const start = processes.start.bind(processes);
  return installPython(folder, "test/deploy/requirements.txt", { start });
}
