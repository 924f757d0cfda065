import inspector from "node:inspector";

const USUAL_PORT = "9229";

/** `--inspect` may go without a port, for which `parseArgs` knows no spelling. */
export function withInspectPort(args: readonly string[]): string[] {
  return args.map((arg) => (arg === "--inspect" ? `--inspect=${USUAL_PORT}` : arg));
}

/** Lets debuggers of this machine in. To them the thread of each function has the function's name. */
export function openInspector(port: string): Disposable {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    const choice = "a number from 1 to 65535, or 0 for any free one";
    throw new Error(`--inspect=${port} names no port: ${choice}`);
  }
  inspector.open(Number(port), "127.0.0.1");
  if (inspector.url() === undefined) {
    throw new Error(`port ${port} is taken. Choose another one with --inspect=…`);
  }
  return {
    [Symbol.dispose]() {
      // The process would wait for every debugger to go, and a thread that one has stopped could not be ended.
      inspector.close();
      resumeThreads();
    },
  };
}

/** As a debugger of its own, which every thread obeys even while it is stopped. */
function resumeThreads(): void {
  const session = new inspector.Session();
  session.connect();
  session.on("NodeWorker.attachedToWorker", ({ params: { sessionId } }) => {
    for (const [id, step] of ["enable", "resume", "disable"].entries()) {
      const message = JSON.stringify({ id, method: `Debugger.${step}` });
      session.post("NodeWorker.sendMessageToWorker", { sessionId, message });
    }
  });
  session.post("NodeWorker.enable", { waitForDebuggerOnStart: false });
}
