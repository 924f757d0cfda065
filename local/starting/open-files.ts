/** Below this not even a quiet run works; under load it opens some 700. */
const least = 256;
const comfortable = 1024;

const howToRaise =
  "Raise it: `ulimit -n 4096` in the shell that starts it, `--ulimit nofile=4096` for a container.";

/** What to say of how many files this process may open: a reason not to start, a warning, or nothing. */
export function checkOpenFiles(limit: number): { refusal?: string; warning?: string } {
  const counted = `this process may open ${limit} files and sockets at a time`;
  if (limit < least) {
    return { refusal: `${counted}, and a local run needs ${comfortable}. ${howToRaise}` };
  }
  if (limit >= comfortable) return {};
  return { warning: `${counted}; under load a local run opens some 700. ${howToRaise}` };
}

/** Node has raised it as far as it may go. Where the system has no such limit there is none. */
export function openFilesLimit(): number {
  const { report } = process;
  // Its names of sockets' other ends could take seconds; the types do not know of this yet.
  Object.assign(report, { excludeNetwork: true });
  // The report is an object of which only this is of interest.
  const { userLimits } = report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === "number" ? soft : Number.POSITIVE_INFINITY;
}

/** Advice, where what went wrong is that too many files were open. */
export function adviceOnOpenFiles(reason: string): string | undefined {
  if (!/\b(EMFILE|ENFILE)\b|too many open files/i.test(reason)) return undefined;
  return `too many files and sockets are open for the limit of this process. ${howToRaise}`;
}
