import type { Plugin } from "esbuild";

/** What only Middy's streamed answers use, of which there are none, by its module: it takes 5 ms to load. */
const onDemand: Readonly<Record<string, string>> = { "node:stream/web": "ReadableStream" };

/** To import one of Node's modules runs every getter that it has, at every cold start; to require it does not. */
export const requireBuiltins: Plugin = {
  name: "require-builtins",
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === "import-statement" ? { path, namespace: "required" } : undefined,
    );
    build.onLoad({ filter: /^node:/, namespace: "required" }, ({ path }) => {
      const module = `require(${JSON.stringify(path)})`;
      const { [path]: name } = onDemand;
      return {
        contents: `module.exports = ${name ? `{ get ${name}() { return ${module}.${name} } }` : module}`,
      };
    });
  },
};
