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
  const entry = entryPoint("infra/hookcast");
  return {
    ...project,
    type: "module",
    // From these on CommonJS apps, which most CDK apps are, may require a module.
    engines: { node: "^20.19.0 || >=22.12.0" },
    // Each is a file of its own, not a bundle: an error's class is the same wherever it is imported from.
    exports: {
      ".": entry,
      "./client": entryPoint("client/create-client"),
      "./embed": entryPoint("client/embed"),
      "./errors": entryPoint("client/errors"),
      "./queue-publisher": entryPoint("client/queue-publisher"),
      "./verify": entryPoint("client/verify"),
      "./verify-momento": entryPoint("client/verify-momento"),
    },
    // For resolvers that do not know exports yet.
    main: entry.default,
    types: entry.types,
    bin: { hookcast: "bin/hookcast.mjs", "hookcast-keys": "bin/keys.mjs" },
    dependencies: { zod: at("zod") },
    // The app's own: constructs of two copies of the CDK do not fit together.
    peerDependencies: {
      "@aws-sdk/client-sqs": `^${at("@aws-sdk/client-sqs")}`,
      "aws-cdk-lib": `^${at("aws-cdk-lib")}`,
      constructs: `^${at("constructs")}`,
    },
    // The client and the commands need no CDK, and only `hookcast publish --queue` needs the SDK.
    peerDependenciesMeta: {
      "@aws-sdk/client-sqs": { optional: true },
      "aws-cdk-lib": { optional: true },
      constructs: { optional: true },
    },
  };
}

function entryPoint(file: string): { types: string; default: string } {
  return { types: `./${file}.d.ts`, default: `./${file}.js` };
}

function missing(name: string): never {
  throw new Error(`package.json has no ${name}`);
}
