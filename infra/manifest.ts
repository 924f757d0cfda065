import * as z from "zod/mini";

const Project = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  devDependencies: z.record(z.string(), z.string()),
});

/** The published package's package.json, out of the project's own. */
export function manifestFrom(projectJson: string): object {
  const { devDependencies, ...project } = z.parse(Project, JSON.parse(projectJson));
  const at = (name: string) => devDependencies[name] ?? missing(name);
  const entry = { types: "./infra/hookcast.d.ts", default: "./infra/hookcast.js" };
  return {
    ...project,
    type: "module",
    // From these on CommonJS apps, which most CDK apps are, may require a module.
    engines: { node: "^20.19.0 || >=22.12.0" },
    exports: { ".": entry },
    // For resolvers that do not know exports yet.
    main: entry.default,
    types: entry.types,
    bin: { "hookcast-keys": "bin/keys.mjs" },
    dependencies: { zod: at("zod") },
    // The app's own: constructs of two copies of the CDK do not fit together.
    peerDependencies: {
      "aws-cdk-lib": `^${at("aws-cdk-lib")}`,
      constructs: `^${at("constructs")}`,
    },
  };
}

function missing(name: string): never {
  throw new Error(`package.json has no ${name}`);
}
