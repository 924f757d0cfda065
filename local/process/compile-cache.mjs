// @ts-check
// Preloaded: a thread that finds its files stripped and compiled starts in half the time, and does not load what
// strips types, which takes 20 MB. Where the folder cannot be written, everything is as without it.
import module from "node:module";
import { join } from "node:path";

module.enableCompileCache?.(join(import.meta.dirname, "../../node_modules/.cache/hookcast"));
