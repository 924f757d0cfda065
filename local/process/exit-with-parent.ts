/** Preloaded into a child: ends it when the process that holds the other end of its stdin is gone. */
process.stdin.on("end", () => process.exit(1)).resume();
process.stdin.unref();
