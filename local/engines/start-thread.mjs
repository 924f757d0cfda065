// @ts-check
import module from "node:module";
import "../process/compile-cache.mjs";

await import("./engine-thread.ts");
// Threads that are terminated leave nothing behind.
module.flushCompileCache?.();
