import { readFile } from "node:fs/promises";
import { sep } from "node:path";
import type { Plugin } from "esbuild";

/** What zod has that does more than make a schema or a check. */
const acting = ["parse", "safeParse", "parseAsync", "safeParseAsync", "config", "toJSONSchema"];

const making = new RegExp(`(?<![\\w.$])z\\s*\\.(?!\\s*(?:${acting.join("|")})\\()\\s*\\w+\\(`, "g");

/**
 * Marks what makes schemas as having no effect, so that esbuild leaves out those that a function does not use. They
 * would stay in each bundle that their file is in, and be made at each cold start: esbuild reads the marks that zod has
 * for that only within a file. A mark holds for the whole chain of calls.
 */
export const pureSchemas: Plugin = {
  name: "pure-schemas",
  setup(build) {
    const { absWorkingDir: root = process.cwd() } = build.initialOptions;
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!path.startsWith(`${root}${sep}shared${sep}`)) return undefined;
      const text = await readFile(path, "utf8");
      return { contents: text.replace(making, "/* @__PURE__ */ $&"), loader: "ts" };
    });
  },
};
